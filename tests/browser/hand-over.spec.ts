import { expect, signIn, test } from './person'

const HOLDING = '/accounts/holding.cobalt.example'

test('an order of a holding account goes to its customer after a review; of two windows one is told', async ({
  page,
  browser,
  owner,
}) => {
  const [order] = await owner<{ number: string; id: number }[]>`
    select o.number, o.id::int from orders o join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'holding.cobalt.example' and o.kind = 'standard' and o.status in ('booked', 'on_hold') order by o.id desc limit 1`
  const accountOf = async () =>
    (
      await owner`select a.domain from orders o join smart_accounts a on a.id = o.smart_account_id where o.id = ${order?.id ?? 0}`
    )[0]
  await signIn(page, 'partner@cobalt.example', `${HOLDING}/orders/${order?.number}`)
  const other = await (await browser.newContext()).newPage()
  await signIn(other, 'partner@cobalt.example', `${HOLDING}/hand-over?of=orders&id=${order?.id}`)
  const review = async (at: typeof page) => {
    await at
      .getByLabel('Virtual Account of a customer')
      .selectOption({ label: 'Cobalt Networks (cobalt.example), Services' })
    await at.getByRole('button', { name: 'Review' }).click()
    await expect(at.getByText('1 order to Cobalt Networks (cobalt.example), Services')).toBeVisible()
  }
  await page.getByRole('link', { name: 'Assign to a customer' }).click()
  await expect(page.getByRole('table')).toContainText('Goes to the customer')
  await review(page)
  await review(other)
  await page.getByRole('button', { name: 'Assign 1 order' }).click()
  await expect(page.getByText(/Gave 1 order with \d+ lines? to Cobalt Networks/).first()).toBeVisible()
  expect(await accountOf()).toEqual({ domain: 'cobalt.example' })
  await other.getByRole('button', { name: 'Assign 1 order' }).click()
  await expect(other.getByRole('alert').filter({ hasText: 'It is not in this account any more' })).toBeVisible()
  await other.context().close()
  await page.goto(`/accounts/cobalt.example/orders/${order?.number}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(order?.number ?? '')
})

test('what cannot go says why', async ({ page, owner }) => {
  const [order] = await owner<
    { id: number }[]
  >`select o.id::int from orders o join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'holding.cobalt.example' and o.kind = 'stocking' order by o.id limit 1`
  await signIn(page, 'partner@cobalt.example', `${HOLDING}/hand-over?of=orders&id=${order?.id}`)
  await expect(page.getByText('A stocking order belongs to the partner until it is sold')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Review' })).toHaveCount(0)
})
