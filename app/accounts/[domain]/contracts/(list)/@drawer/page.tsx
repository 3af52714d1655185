/** At the list's own address no contract is open: without this, one that was open would stay. */
export default function NoDrawer() {
  return null
}
