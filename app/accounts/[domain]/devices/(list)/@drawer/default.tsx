/** No device is open. */
export default function NoDrawer() {
  return null
}
