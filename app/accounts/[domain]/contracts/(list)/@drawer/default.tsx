/** No contract is open. */
export default function NoDrawer() {
  return null
}
