/** On every page, signed in or not: whose product this is, and whose it is not. */
export function SiteFooter() {
  return (
    <footer className="shell-footer">
      <p>License Central</p>
      <p>
        An independent implementation, not affiliated with or endorsed by Cisco Systems, Inc. Product names and
        identifiers are used as facts and belong to their owners.
      </p>
    </footer>
  )
}
