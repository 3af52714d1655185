type Props = { current: string; contracts: string; subscriptions: string; withAgreements: boolean }

/** The lists of the tab: products for everybody, contracts and subscriptions for who may see those. */
export function LineSwitches({ current, contracts, subscriptions, withAgreements }: Props) {
  const lists = [
    { label: 'Products in contracts', href: contracts },
    { label: 'Products in subscriptions', href: subscriptions },
    ...(withAgreements
      ? [
          { label: 'Contracts', href: `${contracts}?view=agreements` },
          { label: 'Subscriptions', href: `${subscriptions}?view=agreements` },
        ]
      : []),
  ]
  return (
    <nav className="segments line-switches no-print" aria-label="Lists">
      {lists.map(({ label, href }) => (
        <a key={href} href={href} className="segment" {...(href === current && { 'aria-current': 'page' })}>
          {label}
        </a>
      ))}
    </nav>
  )
}
