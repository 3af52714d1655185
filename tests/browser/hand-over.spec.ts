import type { Page } from '@playwright/test'
import { ADMIN2, pressAtOnce } from './assigning'
import { expect, signIn, test } from './person'

const HOLDING = '/accounts/holding.cobalt.example'
const PARTNER = 'partner@cobalt.example'

test('an order of a holding account goes to its customer after a review; of two people at once one is told', async ({
  page,
  other,
  owner,
}) => {
  const [order] = await owner<{ number: string; id: number }[]>`
    select o.number, o.id::int from orders o join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'holding.cobalt.example' and o.kind = 'standard' and o.status in ('booked', 'on_hold') order by o.id desc limit 1`
  // The demo's partner works alone; somebody else joins them.
  await owner`insert into role_assignments (smart_account_id, user_id, role)
    select a.id, u.id, 'sa_user' from smart_accounts a, users u where a.domain like '%cobalt.example' and u.email = ${ADMIN2}`
  await signIn(page, PARTNER, `${HOLDING}/orders/${order?.number}`)
  await signIn(other, ADMIN2, `${HOLDING}/hand-over?of=orders&id=${order?.id}`)
  const review = async (at: Page, place: string) => {
    await expect(at.getByRole('table')).toContainText('Goes to the customer')
    const target = `Cobalt Networks (cobalt.example), ${place}`
    await at.getByLabel('Virtual Account of a customer').selectOption({ label: target })
    await at.getByRole('button', { name: 'Review' }).click()
    await expect(at.getByText(`1 order to ${target}`)).toBeVisible()
  }
  await page.getByRole('link', { name: 'Assign to a customer' }).click()
  await review(page, 'Services')
  await review(other, 'DEFAULT')
  const { winner, refusal } = await pressAtOnce([page, other], 'Assign 1 order', 'Nothing was changed')
  await expect(refusal).toContainText(`Order ${order?.number}: It is not in this account any more`)
  await expect(winner.getByText(/Gave 1 order with \d+ lines? to Cobalt Networks/).first()).toBeVisible()
  const places =
    await owner`select distinct a.domain, v.name from order_lines l join smart_accounts a on a.id = l.smart_account_id
    join virtual_accounts v on v.id = l.virtual_account_id where l.order_id = ${order?.id ?? 0}`
  expect(places).toEqual([{ domain: 'cobalt.example', name: winner === page ? 'Services' : 'DEFAULT' }])
  await winner.goto(`/accounts/cobalt.example/orders/${order?.number}`)
  await expect(winner.getByRole('heading', { level: 1 })).toContainText(order?.number ?? '')
  await owner`delete from role_assignments r using smart_accounts a, users u where a.id = r.smart_account_id and u.id = r.user_id
    and a.domain like '%cobalt.example' and u.email = ${ADMIN2}`
})

test('what cannot go says why', async ({ page, owner }) => {
  const orders = await owner<{ id: number }[]>`select min(o.id)::int as id from orders o
    join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'holding.cobalt.example' and (o.kind = 'stocking' or o.status = 'closed') group by o.kind`
  expect(orders).toHaveLength(2)
  const chosen = orders.map(({ id }) => `id=${id}`).join('&')
  await signIn(page, PARTNER, `${HOLDING}/hand-over?of=orders&${chosen}`)
  await expect(page.getByText('A stocking order belongs to the partner until it is sold')).toBeVisible()
  await expect(page.getByText('It is past booked.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Review' })).toHaveCount(0)
})
