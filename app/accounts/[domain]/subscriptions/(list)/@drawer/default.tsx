/** No subscription is open. */
export default function NoDrawer() {
  return null
}
