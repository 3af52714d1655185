import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import type { Theme } from './theme'
import { ThemeSwitch } from './theme-switch'
import type { AccountChoice, PersonLinks } from './types'

/** The Smart Accounts that the person may enter. Opens and closes without JavaScript. */
export function AccountSwitcher({ accounts, allHref }: { accounts: AccountChoice[]; allHref: string }) {
  const current = accounts.find((account) => account.current)
  return (
    <>
      <button type="button" className="bar-button account-button" popoverTarget="account-menu">
        <Icon name="account" />
        <span>
          <span className="sr-only">Smart Account: </span>
          {current?.name ?? 'Choose an account'}
        </span>
        <Icon name="chevron-down" />
      </button>
      <div id="account-menu" popover="auto" className="popover menu">
        <p className="menu-heading">Smart Accounts</p>
        <ul>
          {accounts.map(({ name, domain, href, role, current: here }) => (
            <li key={domain}>
              <Link href={href} className="menu-item" {...(here && { 'aria-current': 'true' })}>
                <span className="min-w-0">
                  <span className="block truncate">{name}</span>
                  <span className="block truncate text-sm font-normal text-ink-muted">
                    {role ? `${domain} · ${role}` : domain}
                  </span>
                </span>
                {here ? <Icon name="check" /> : null}
              </Link>
            </li>
          ))}
        </ul>
        <hr className="menu-rule" />
        <Link href={allHref} className="menu-item">
          <Icon name="key" />
          All my access
        </Link>
      </div>
    </>
  )
}

type PersonMenuProps = { name: string; email: string; links: PersonLinks; theme: Theme; children?: ReactNode }

/** Who is signed in, their access, how the product looks, and the way out. `children` are further menu items. */
export function PersonMenu({ name, email, links, theme, children }: PersonMenuProps) {
  return (
    <>
      <button
        type="button"
        className="bar-button"
        popoverTarget="person-menu"
        aria-label={`${initials(name)}: ${name}, your menu`}
      >
        <span className="avatar">{initials(name)}</span>
      </button>
      <div id="person-menu" popover="auto" className="popover popover-end menu">
        <p className="px-2.5 pt-2 pb-2">
          <span className="block font-semibold">{name}</span>
          <span className="block text-sm text-ink-muted">{email}</span>
        </p>
        <hr className="menu-rule" />
        <Link href={links.access} className="menu-item">
          <Icon name="key" />
          My access
        </Link>
        {links.userView ? (
          <Link href={links.userView} className="menu-item">
            <Icon name="order" />
            User View
          </Link>
        ) : null}
        {children}
        <button type="button" className="menu-item needs-script" data-open="sheet">
          <Icon name="keyboard" />
          Keyboard shortcuts
        </button>
        <div className="px-2.5 py-2 needs-script">
          <ThemeSwitch theme={theme} />
        </div>
        <hr className="menu-rule" />
        <Link href={links.signOut} className="menu-item">
          <Icon name="sign-out" />
          Sign out
        </Link>
      </div>
    </>
  )
}

function initials(name: string) {
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.charAt(0) ?? ''}${words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : ''}`.toUpperCase()
}
