'use client'

import { type ReactNode, useMemo } from 'react'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { Mark } from '@/components/ui/mark'
import { type Packed, unpack } from '@/lib/packed'
import { AccountSwitcher, PersonMenu } from './menus'
import { Shortcuts } from './shortcuts'
import { Tabs } from './tabs'
import type { Theme } from './theme'
import type { AccountChoice, Command, PersonLinks, Tab, ViewChoice } from './types'

/** What the frame shows of the person and the account. */
type Frame = {
  /** Where the mark leads. */
  home: string
  person: { name: string; email: string }
  links: PersonLinks
  theme: Theme
  /** Pages for the palette and the go-to keys. */
  commands: Command[]
  accounts?: AccountChoice[]
  /** Page that answers `?q=`; without it there is no search box. */
  searchHref?: string
  /** Tabs of the Account View; the current one is found by the address. */
  tabs?: Tab[]
  /** Account View and User View, where the person has both. */
  views?: ViewChoice[]
}

type AppShellProps = {
  frame: Packed<Frame>
  /** A line above everything: demo mode, support access. */
  banner?: ReactNode
  /** What the reader should know on the page that is opened. */
  notice?: ReactNode
  /** Further items of the person menu, as `className="menu-item"`. */
  menu?: ReactNode
  /** The page; it brings its own `Page` (main). */
  children: ReactNode
}

/**
 * The frame of every signed-in page. Belongs into a layout, where it stays while pages change. A component of the browser, so
 * that the server sends what it shows as data, and not each element of it.
 */
export function AppShell({ frame, banner, notice, menu, children }: AppShellProps) {
  const { home, person, links, theme, commands, accounts, searchHref, tabs, views } = useMemo(
    () => unpack(frame),
    [frame],
  )
  return (
    <div className="shell">
      <header>
        {banner ? <div className="demo-banner">{banner}</div> : null}
        <div className="top-bar">
          <Link href={home} className="brand">
            <Mark />
            <span className="brand-name">License Central</span>
            <span className="sr-only">, home</span>
          </Link>
          {accounts ? (
            <>
              <span className="bar-divider" />
              <AccountSwitcher accounts={accounts} allHref={links.access} />
            </>
          ) : null}
          {searchHref ? <AccountSearch href={searchHref} /> : null}
          <div className="bar-end">
            <button type="button" className="bar-button needs-script" data-open="palette" aria-haspopup="dialog">
              <Icon name="go" className="lg:hidden" />
              <span className="max-lg:sr-only">Go to</span>
              <span className="kbd wide-only" aria-hidden="true">
                Ctrl K
              </span>
            </button>
            <PersonMenu {...person} links={links} theme={theme}>
              {menu}
            </PersonMenu>
          </div>
        </div>
        {tabs || views ? (
          <div className="tab-bar">
            {tabs ? <Tabs tabs={tabs} /> : <span />}
            {views ? <ViewSwitch views={views} /> : null}
          </div>
        ) : null}
        {notice}
      </header>
      {children}
      <Shortcuts commands={commands} {...(searchHref && { searchHref })} />
    </div>
  )
}

function AccountSearch({ href }: { href: string }) {
  return (
    <search className="bar-search">
      <form action={href}>
        <Icon name="search" />
        <input
          type="search"
          name="q"
          data-search
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          aria-label="Search this Smart Account"
          placeholder="Serial, order, contract, license…"
        />
      </form>
    </search>
  )
}

function ViewSwitch({ views }: { views: ViewChoice[] }) {
  return (
    <nav className="tab-bar-end" aria-label="View">
      <div className="segments">
        {views.map(({ label, href, current }) => (
          <Link key={label} href={href} className="segment" {...(current && { 'aria-current': 'true' })}>
            {label}
          </Link>
        ))}
      </div>
    </nav>
  )
}
