import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { readView, VIEW_COOKIE } from '@/lib/access/last-view'
import { getPerson } from '@/lib/access/signed-in'
import { accountsOf } from '@/lib/navigation'
import * as paths from '@/lib/paths'

/** To the view used last, as far as the person still has it; else to the User View; else to what they have access to. */
export default async function HomePage() {
  const person = await getPerson()
  const accounts = accountsOf(person)
  const last = readView((await cookies()).get(VIEW_COOKIE)?.value)
  const again = last?.kind === 'account' && accounts.find(({ domain }) => domain === last.domain)
  if (again) redirect(paths.overview(again.domain))
  if (last?.kind === 'user' && person.hasSharedOrders) redirect(paths.userView())
  const [only, ...others] = accounts
  if (only && others.length === 0) redirect(paths.overview(only.domain))
  redirect(person.hasSharedOrders ? paths.userView() : paths.access())
}
