import type { Page } from '@playwright/test'
import {
  ADMIN,
  ADMIN2,
  choose,
  devicesIn,
  inReview,
  MOVE,
  moved,
  ORGANIZE,
  placeOf,
  pressAtOnce,
  takenBack,
  undo,
} from './assigning'
import { expectNoViolations } from './axe'
import { AURORA, expect, signIn, test } from './person'

const SHORT = 'C9300L 48P DNA Essentials'
const finding = (page: Page, region: string, text: string) =>
  page.getByRole('region', { name: region }).getByRole('row').filter({ hasText: text })

test('a shortage is closed by one click and its review, by one of two administrators at once, and is there again when taken back', async ({
  page,
  other,
  owner,
}) => {
  const standings = () =>
    owner<
      { place: string; quantity: number; balance: number }[]
    >`select v.name as place, l.quantity, l.balance from licenses l
      join smart_accounts a on a.id = l.smart_account_id join virtual_accounts v on v.smart_account_id = a.id and v.id = l.virtual_account_id
      where a.domain = 'aurora.example' and l.name = ${SHORT} order by l.id`
  const assigned = async () =>
    (
      await owner`select 1 from events where type = 'licenses.assigned'
    and smart_account_id = (select id from smart_accounts where domain = 'aurora.example')`
    ).length
  const owned = (all: { quantity: number }[]) => all.reduce((sum, { quantity }) => sum + quantity, 0)
  const [before, events] = [await standings(), await assigned()]
  const shortage = (at: Page) => finding(at, 'Short here, to spare there', SHORT)

  await signIn(page, ADMIN, ORGANIZE)
  await signIn(other, ADMIN2, ORGANIZE)
  for (const at of [page, other]) {
    await shortage(at).getByRole('button', { name: 'Review' }).click()
    await inReview(at)
    await expect(at.getByText('No Virtual Account becomes short of a license by this.')).toBeVisible()
    await expect(at.getByRole('row').filter({ hasText: 'Becomes sufficient' })).toContainText('DEFAULT')
  }
  await expectNoViolations(page)
  const { winner, told, refusal } = await pressAtOnce([page, other], MOVE, 'Nothing was changed')
  await expect(moved(winner)).toContainText('1 license')
  await expect(refusal).toContainText(`${SHORT} was changed by somebody else`)
  const after = await standings()
  expect(after.filter(({ balance }) => balance < 0)).toEqual([])
  expect([owned(after), await assigned()]).toEqual([owned(before), events + 1])
  await told.goto(ORGANIZE)
  await expect(told.getByRole('region', { name: 'Short here, to spare there' })).toBeVisible()
  await expect(shortage(told)).toHaveCount(0)

  await winner.getByRole('link', { name: 'See it in the Event Log' }).click()
  await expect(winner.getByText(/Moved 1 license .*to DEFAULT/).first()).toBeVisible()
  await told.goto(winner.url())
  const back = await pressAtOnce([winner, told], 'Undo', 'Nothing was taken back')
  await expect(takenBack(back.winner)).toBeVisible()
  await expect(back.refusal).toContainText('This was taken back already.')
  expect(await standings()).toEqual(before)
  await told.goto(ORGANIZE)
  await expect(shortage(told)).toBeVisible()
})

test('a rule shows what it would move, moves it for one of two people at once, and its log takes it back', async ({
  page,
  other,
  owner,
}) => {
  const [site] = await owner<
    { name: string; n: number }[]
  >`select d.site_name as name, count(*)::int as n from devices d
    join smart_accounts a on a.id = d.smart_account_id left join virtual_accounts v on v.id = d.virtual_account_id
    where a.domain = 'aurora.example' and coalesce(v.is_default, true) group by 1 having count(*) between 2 and 5 order by 1 limit 1`
  const { name, n } = site ?? { name: '', n: 0 }
  const rule = (at: Page) => finding(at, 'Assignment rules', name)
  await signIn(page, ADMIN, ORGANIZE)
  await signIn(other, ADMIN2, ORGANIZE)
  for (const at of [page, other]) {
    await at.getByLabel('Devices by').selectOption({ label: 'Site' })
    await at.getByLabel('Exact value').fill(name)
    await at.getByLabel('Belong in').selectOption({ label: 'Americas › Canada' })
  }
  const added = await pressAtOnce([page, other], 'Add the rule', 'No rule was added')
  await expect(added.refusal).toContainText('There is a rule for this value already')
  await added.told.goto(ORGANIZE)
  for (const at of [page, other]) {
    await expect(rule(at).getByRole('cell', { name: String(n), exact: true })).toBeVisible()
    await rule(at).getByRole('button', { name: 'Preview' }).click()
    await inReview(at)
    await expect(at.getByText(`${n} devices move`, { exact: true })).toBeVisible()
  }
  const { winner, told, refusal } = await pressAtOnce([page, other], MOVE, 'Nothing was changed')
  await expect(moved(winner)).toBeVisible()
  await expect(refusal.getByText(/ is in Canada now$/).first()).toBeVisible()
  await told.goto(ORGANIZE)
  await expect(rule(told).getByRole('cell', { name: '0', exact: true })).toBeVisible()
  await rule(told).getByRole('link', { name: 'Its log' }).click()
  await told
    .getByRole('row')
    .filter({ hasText: `Moved ${n} devices` })
    .getByRole('link')
    .click()
  await undo(told).click()
  await expect(takenBack(told)).toBeVisible()
  await winner.goto(ORGANIZE)
  await expect(rule(winner).getByRole('cell', { name: String(n), exact: true })).toBeVisible()
  await rule(winner).getByRole('button', { name: 'Delete' }).click()
  await expect(rule(winner)).toHaveCount(0)
})

test('a device that was led away from its license is found, and led to it by one of two people at once', async ({
  page,
  other,
  owner,
}) => {
  const [device] = await devicesIn(owner, 'Lab', 1)
  const { id, name } = device ?? { id: 0, name: '' }
  const [license] = await owner<{ name: string }[]>`select l.name from license_use u
    join licenses l on l.smart_account_id = u.smart_account_id and l.id = u.license_id where u.device_id = ${id}`
  await signIn(page, ADMIN, `${AURORA}/assign?of=devices&id=${id}`)
  await signIn(other, ADMIN2, ORGANIZE)
  await choose(page, 'Americas')
  await expect(page.getByRole('region', { name: 'Licenses in use by these devices stay' })).toContainText(
    license?.name ?? '',
  )
  await page.getByRole('button', { name: MOVE }).click()
  await expect(moved(page)).toBeVisible()

  const misplaced = (at: Page) =>
    finding(at, 'Used in one, owned in another', license?.name ?? '').filter({ hasText: 'Lab' })
  for (const at of [page, other]) {
    await at.goto(ORGANIZE)
    await misplaced(at).getByRole('button', { name: 'Review the move' }).click()
    await inReview(at)
  }
  const { winner, told, refusal } = await pressAtOnce([page, other], MOVE, 'Nothing was changed')
  await expect(moved(winner)).toBeVisible()
  await expect(refusal).toContainText(`${name} is in Lab now`)
  expect(await placeOf(owner, 'devices', id)).toBe('Lab')
  await told.goto(ORGANIZE)
  await expect(told.getByRole('region', { name: 'Used in one, owned in another' })).toBeVisible()
  await expect(misplaced(told)).toHaveCount(0)
})
