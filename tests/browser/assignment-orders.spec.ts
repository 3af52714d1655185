import { ADMIN, ADMIN2, choose, MOVE, moved, placeOf, pressAtOnce, takenBack, undo } from './assigning'
import { AURORA, expect, signIn, test } from './person'

test('an order goes to a Virtual Account with what came on it; of two people one wins, and the notice takes back what has not changed since', async ({
  page,
  other,
  owner,
}) => {
  const [order] = await owner<{ id: number; number: string; lines: number; device: number; name: string }[]>`
    select o.id::int, o.number, count(distinct l.id)::int as lines, min(d.id)::int as device,
      (select coalesce(x.name, x.serial_number, x.instance_number) from devices x where x.id = min(d.id)) as name
    from orders o join smart_accounts a on a.id = o.smart_account_id
    join order_lines l on l.smart_account_id = a.id and l.order_id = o.id
    left join virtual_accounts v on v.id = l.virtual_account_id and v.name = 'Americas'
    left join devices d on d.smart_account_id = a.id and d.order_line_id = l.id and d.virtual_account_id = v.id and d.parent_id is null
      and not exists (select from devices c where c.smart_account_id = a.id and c.parent_id = d.id)
    where a.domain = 'aurora.example' group by o.id, o.number having bool_and(v.id is not null) and count(distinct d.id) > 2 order by o.id desc limit 1`
  await signIn(page, ADMIN, `${AURORA}/orders/${order?.number}`)
  await signIn(other, ADMIN2, `${AURORA}/assign?of=orders&id=${order?.id}`)
  await page.getByRole('link', { name: 'Assign to a Virtual Account' }).click()
  for (const at of [page, other]) {
    await expect(at.getByText('1 order chosen')).toBeVisible()
    await choose(at, 'Americas › Canada')
    await expect(at.getByText(new RegExp(`^${order?.lines} order lines? moves?$`))).toBeVisible()
  }
  const { winner, told, refusal } = await pressAtOnce([page, other], MOVE, 'Nothing was changed')
  await expect(moved(winner)).toBeVisible()
  await expect(refusal).toContainText(`${order?.name} is in Canada now`)
  const places =
    () => owner`select distinct v.name from order_lines l join virtual_accounts v on v.id = l.virtual_account_id
    where l.order_id = ${order?.id ?? 0}`
  expect(await places()).toEqual([{ name: 'Canada' }])
  await told.goto(`${AURORA}/events?type=orders.assigned`)
  await expect(told.getByText(new RegExp(`^Moved .* with order ${order?.number}$`)).first()).toBeVisible()

  await told.goto(`${AURORA}/assign?of=devices&id=${order?.device}`)
  await choose(told, 'APJC')
  await told.getByRole('button', { name: MOVE }).click()
  await expect(moved(told)).toBeVisible()
  await undo(winner).click()
  const notice = takenBack(winner)
  await expect(notice).toContainText('left alone')
  await expect(notice).toContainText(order?.name ?? '')
  expect([await places(), await placeOf(owner, 'devices', order?.device ?? 0)]).toEqual([
    [{ name: 'Americas' }],
    'APJC',
  ])
})

test('of an Enterprise Agreement order everything stays, and the review says why', async ({ page, owner }) => {
  const [order] = await owner<
    { id: number }[]
  >`select o.id::int from orders o join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'delta.example' and o.kind = 'enterprise_agreement' order by o.id limit 1`
  await signIn(page, 'admin@delta.example', `/accounts/delta.example/assign?of=orders&id=${order?.id}`)
  await choose(page, 'Campus')
  await expect(page.getByText('Nothing of this can move')).toBeVisible()
  await expect(page.getByText(/stays?: of an Enterprise Agreement order, whose licenses/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: MOVE })).toHaveCount(0)
})
