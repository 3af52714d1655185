/** No event is open. */
export default function NoDrawer() {
  return null
}
