/** No order is open. */
export default function NoDrawer() {
  return null
}
