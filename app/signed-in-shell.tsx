import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import { MovedNotice } from '@/components/shell/moved-notice'
import { parseTheme, themeCookie } from '@/components/shell/theme'
import type { Command, Tab } from '@/components/shell/types'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { PLACE_COOKIES, readPlace } from '@/lib/access/last-view'
import type { Person } from '@/lib/access/viewer'
import { cameByOldLink } from '@/lib/auth'
import { today } from '@/lib/clock'
import { settings } from '@/lib/env'
import { accountsOf, personPlaces, roleIn } from '@/lib/navigation'
import { pack } from '@/lib/packed'
import * as paths from '@/lib/paths'
import { readDate } from '@/lib/table/cells'

type Jar = Awaited<ReturnType<typeof cookies>>
type Props = {
  person: Person
  /** The domain of the account that is open; absent in the User View and the access directory. */
  account?: string
  tabs?: Tab[]
  places?: Command[]
  isUserView?: boolean
  /** What the reader should know, whatever page is open. */
  notice?: ReactNode
  children: ReactNode
}

/** The frame around every page of a signed-in person: only accounts, tabs and pages that they have. */
export async function SignedInShell({ person, account, tabs, places = [], isUserView = false, ...props }: Props) {
  const jar = await cookies()
  const theme = parseTheme(jar.get(themeCookie)?.value)
  const accounts = accountsOf(person)
  const views = viewsOf(person, jar, account, isUserView)
  return (
    <AppShell
      frame={pack({
        home: paths.home(),
        person: { name: person.name, email: person.email },
        links: {
          access: paths.access(),
          signOut: paths.signOut(),
          ...(person.hasSharedOrders && { userView: paths.userView() }),
        },
        theme,
        commands: [...places, ...personPlaces(person)],
        ...(accounts.length > 0 && {
          accounts: accounts.map((choice) => {
            const role = roleIn(person, choice)
            const { name, domain } = choice
            return { name, domain, href: paths.overview(domain), current: domain === account, ...(role && { role }) }
          }),
        }),
        ...(account && { searchHref: paths.search(account) }),
        ...(tabs && { tabs }),
        ...(views.length > 1 && { views }),
      })}
      notice={
        <>
          {(await cameByOldLink()) ? <MovedNotice /> : null}
          {props.notice}
        </>
      }
      {...(account && {
        menu: (
          <Link href={paths.exportsIn(account)} className="menu-item">
            <Icon name="download" />
            My exports
          </Link>
        ),
      })}
      {...bannerOf(person, accounts.find(({ domain }) => domain === account)?.id)}
    >
      {props.children}
    </AppShell>
  )
}

/** The views that the person has, each as it was left; what they have no more is not led to. */
function viewsOf(person: Person, jar: Jar, account: string | undefined, isUserView: boolean) {
  const accounts = accountsOf(person)
  const first = account ?? accounts[0]?.domain
  const left = readPlace('account', jar.get(PLACE_COOKIES.account)?.value)
  const last = left?.view
  const isHad = last?.kind === 'account' && accounts.some(({ domain }) => domain === last.domain)
  const accountHref = isHad && account === undefined ? left?.address : first && paths.overview(first)
  const userHref = readPlace('user', jar.get(PLACE_COOKIES.user)?.value)?.address ?? paths.userView()
  return [
    ...(accountHref ? [{ label: 'Account View', href: accountHref, current: account !== undefined }] : []),
    ...(person.hasSharedOrders
      ? [{ label: 'User View', href: isUserView ? paths.userView() : userHref, current: isUserView }]
      : []),
  ]
}

/** A support person always sees that, and until when, they read somebody else's account. */
function bannerOf(person: Person, accountId: number | undefined): { banner?: ReactNode } {
  const support = person.support.find((access) => access.accountId === accountId)
  if (!(support || settings().DEMO)) return {}
  return {
    banner: (
      <>
        {settings().DEMO ? <span>Demo with fictional data. Today is {readDate(today())}.</span> : null}
        {support ? (
          <span>
            You read this account as support until {readDate(support.endsAt)}: {support.reason}
          </span>
        ) : null}
      </>
    ),
  }
}
