/** No license is open. */
export default function NoDrawer() {
  return null
}
