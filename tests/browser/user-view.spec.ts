import { expectNoViolations } from './axe'
import { AURORA, expect, signIn, test } from './person'

const RECIPIENT = 'recipient@fjord.example'

test('a recipient finds what was shared, opens it, and sees nothing else of the order', async ({ page, owner }) => {
  const shares =
    await owner`select o.number, o.id, count(i.id)::int as lines, (select count(*)::int from order_lines l where l.order_id = o.id) as all
    from order_shares s join orders o on o.id = s.order_id join order_share_items i on i.share_id = s.id where s.email = ${RECIPIENT} group by o.id, o.number order by o.number`
  const [first] = shares
  const foreign =
    await owner`select pid from order_lines where order_id = ${first?.['id']} and pid not in (select l.pid from order_lines l
    join order_share_items i on i.order_line_id = l.id join order_shares s on s.id = i.share_id where s.email = ${RECIPIENT})`
  await signIn(page, RECIPIENT)
  await expect(page).toHaveURL(/\/my\/orders$/)
  await expect(page.getByRole('status').first()).toHaveText(`${shares.length} orders`)
  await expectNoViolations(page)
  await page.getByLabel('Search this list').fill(String(first?.['number']))
  await expect(page).toHaveURL(/q=/)
  await expect(page.getByRole('status').first()).toHaveText(`1 of ${shares.length} orders`)
  await page.getByRole('link', { name: String(first?.['number']), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Order ${first?.['number']}`)
  await expect(page.getByRole('table', { name: 'Lines open to you' }).locator('tbody tr')).toHaveCount(first?.['lines'])
  expect(first?.['lines']).toBeLessThan(first?.['all'])
  const html = await page.content()
  expect(foreign.filter(({ pid }) => html.includes(`${pid}<`))).toEqual([])
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Orders shared with me' }).click()
  await expect(page).toHaveURL(/\/my\/orders\?q=/)
  expect((await page.goto('/my/orders/999999999'))?.status()).toBe(404)
})

test('Account View and User View are one click apart, and each is found as it was left', async ({ page, owner }) => {
  await owner`insert into order_shares (smart_account_id, order_id, email, level, sent_by)
    select smart_account_id, order_id, 'va-viewer@aurora.example', 'order', sent_by from order_shares where email = ${RECIPIENT}
      and not exists (select from order_shares where email = 'va-viewer@aurora.example')`
  await signIn(page, 'va-viewer@aurora.example', `${AURORA}/devices?coverage=covered`)
  const views = page.getByRole('navigation', { name: 'View' })
  await views.getByRole('link', { name: 'User View' }).click()
  await page.waitForURL('**/my/orders')
  await page.goto('/my/orders?sort=number')
  await views.getByRole('link', { name: 'Account View' }).click()
  await expect(page).toHaveURL(`${AURORA}/devices?coverage=covered`)
  await views.getByRole('link', { name: 'User View' }).click()
  await expect(page).toHaveURL(/\/my\/orders\?sort=number$/)
  await owner`delete from order_shares where email = 'va-viewer@aurora.example'`
})
