import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import { parseTheme, themeCookie } from '@/components/shell/theme'
import type { Command, Tab } from '@/components/shell/types'
import type { Person } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { settings } from '@/lib/env'
import { accountsOf, personPlaces, roleIn } from '@/lib/navigation'
import * as paths from '@/lib/paths'
import { readDate } from '@/lib/table/cells'

type Props = {
  person: Person
  /** The domain of the account that is open; absent in the User View and the access directory. */
  account?: string
  tabs?: Tab[]
  places?: Command[]
  isUserView?: boolean
  children: ReactNode
}

/** The frame around every page of a signed-in person: only accounts, tabs and pages that they have. */
export async function SignedInShell({ person, account, tabs, places = [], isUserView = false, children }: Props) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  const accounts = accountsOf(person)
  const first = account ?? accounts[0]?.domain
  const views = [
    ...(first ? [{ label: 'Account View', href: paths.overview(first), current: account !== undefined }] : []),
    ...(person.hasSharedOrders ? [{ label: 'User View', href: paths.userView(), current: isUserView }] : []),
  ]
  return (
    <AppShell
      home={paths.home()}
      person={person}
      links={{
        access: paths.access(),
        signOut: paths.signOut(),
        ...(person.hasSharedOrders && { userView: paths.userView() }),
      }}
      theme={theme}
      commands={[...places, ...personPlaces(person)]}
      {...(accounts.length > 0 && {
        accounts: accounts.map((choice) => {
          const role = roleIn(person, choice)
          const { name, domain } = choice
          return { name, domain, href: paths.overview(domain), current: domain === account, ...(role && { role }) }
        }),
      })}
      {...(tabs && { tabs })}
      {...(views.length > 1 && { views })}
      {...bannerOf(person, accounts.find(({ domain }) => domain === account)?.id)}
    >
      {children}
    </AppShell>
  )
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
