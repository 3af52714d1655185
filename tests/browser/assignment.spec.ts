import { ADMIN, ADMIN2, choose, devicesIn, MOVE, moved, placeOf, pressAtOnce, takenBack, undo } from './assigning'
import { expectNoViolations } from './axe'
import { AURORA, expect, signIn, test } from './person'

const BOREALIS = '/accounts/borealis.example'
const CLINICS = 'Denmark and Finland Clinics'

test('chosen devices are moved after a review, once however often it is pressed, and taken back from the notice', async ({
  page,
  owner,
}) => {
  const [from] = await owner<
    { id: number; account: number }[]
  >`select v.id::int, a.id::int as account from virtual_accounts v
    join smart_accounts a on a.id = v.smart_account_id where a.domain = 'borealis.example' and v.name = 'Sweden Hospitals'`
  const { id, account } = from ?? { id: 0, account: 0 }
  const counted = async () => [
    (await owner`select 1 from devices where virtual_account_id = ${id}`).length,
    (await owner`select 1 from events where smart_account_id = ${account} and type = 'devices.assigned'`).length,
  ]
  const [devices = 0, events = 0] = await counted()
  await signIn(page, 'admin@borealis.example', `${BOREALIS}/devices?va=${id}`)
  const boxes = page.locator('main tbody input[type=checkbox]')
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  const bar = page.getByRole('region', { name: 'Selected rows' })
  await bar.getByRole('button', { name: 'Edit Virtual Account assignment' }).click()
  await expect(page.getByText('2 devices chosen')).toBeVisible()
  await choose(page, CLINICS)
  await expectNoViolations(page)
  await page.getByRole('button', { name: MOVE }).dblclick()
  await expect(moved(page)).toBeVisible()
  await expectNoViolations(page)
  const [left = 0, told] = await counted()
  expect([left < devices - 1, told]).toEqual([true, events + 1])
  await undo(page).click()
  await expect(takenBack(page)).toBeVisible()
  expect(await counted()).toEqual([devices, told])
})

test('part of a license moves with what that does to compliance, and is taken back from the Event Log', async ({
  page,
  owner,
}) => {
  const [license] = await owner<
    { id: number }[]
  >`select l.id::int from licenses l join smart_accounts a on a.id = l.smart_account_id
    join virtual_accounts v on v.smart_account_id = a.id and v.id = l.virtual_account_id
    where a.domain = 'borealis.example' and v.name = 'Norway Hospitals' and l.quantity - l.reserved > 2 order by l.id limit 1`
  await signIn(page, 'admin@borealis.example', `${BOREALIS}/licensing/${license?.id}`)
  await page.getByRole('link', { name: 'Edit Virtual Account assignment' }).click()
  await page.getByRole('spinbutton').fill('2')
  await choose(page, CLINICS)
  await expect(page.getByRole('table', { name: /before and after/ })).toContainText('Norway Hospitals')
  await page.getByRole('button', { name: 'Move 1 license' }).click()
  await page.getByRole('link', { name: 'See it in the Event Log' }).click()
  await expect(page.getByText(/Moved 2 licenses/).first()).toBeVisible()
  await undo(page).click()
  await expect(takenBack(page)).toBeVisible()
})

test('of two people who move the same device at once one wins, and the other is told where it is now', async ({
  page,
  other,
  owner,
}) => {
  const [device] = await devicesIn(owner, 'Lab')
  const { id, name } = device ?? { id: 0, name: '' }
  await signIn(page, ADMIN, `${AURORA}/assign?of=devices&id=${id}`)
  await signIn(other, ADMIN2, `${AURORA}/assign?of=devices&id=${id}`)
  await choose(page, 'EMEA')
  await choose(other, 'APJC')
  const { winner, refusal } = await pressAtOnce([page, other], MOVE, 'Nothing was changed')
  await expect(moved(winner)).toContainText('1 device moved')
  const place = await placeOf(owner, 'devices', id)
  expect(place).toBe(winner === page ? 'EMEA' : 'APJC')
  await expect(refusal).toContainText(`${name} is in ${place} now`)
  await undo(winner).click()
  await expect(takenBack(winner)).toBeVisible()
  expect(await placeOf(owner, 'devices', id)).toBe('Lab')
})
