import type { Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { expectNoViolations } from './axe'
import { AURORA, expect, signIn, test } from './person'

const BOREALIS = '/accounts/borealis.example'
const CLINICS = 'Denmark and Finland Clinics'

const placeOf = async (owner: Sql, table: 'devices' | 'licenses', id: number) =>
  (
    await owner.unsafe(
      `select v.name from ${table} t join virtual_accounts v on v.smart_account_id = t.smart_account_id and v.id = t.virtual_account_id where t.id = ${id}`,
    )
  )[0]?.['name']
const firstDevice = async (owner: Sql, domain: string, place: string, nth = 0) =>
  (
    await owner<
      { id: number; name: string }[]
    >`select d.id::int, coalesce(d.name, d.serial_number, d.instance_number) as name from devices d
      join smart_accounts a on a.id = d.smart_account_id join virtual_accounts v on v.smart_account_id = a.id and v.id = d.virtual_account_id
      where a.domain = ${domain} and v.name = ${place} and d.parent_id is null and not exists (
        select from devices c where c.smart_account_id = d.smart_account_id and c.parent_id = d.id) order by d.id limit 1 offset ${nth}`
  )[0] ?? { id: 0, name: '' }
const choose = async (page: Page, place: string) => {
  await page.getByLabel('Target Virtual Account').selectOption({ label: place })
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Review the assignment' })).toBeVisible()
}

test('chosen devices are moved after a review, and taken back from the notice', async ({ page, owner }) => {
  const [from] = await owner<{ id: number }[]>`select v.id::int from virtual_accounts v
    join smart_accounts a on a.id = v.smart_account_id where a.domain = 'borealis.example' and v.name = 'Sweden Hospitals'`
  await signIn(page, 'admin@borealis.example', `${BOREALIS}/devices?va=${from?.id}`)
  const boxes = page.locator('main tbody input[type=checkbox]')
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  const bar = page.getByRole('region', { name: 'Selected rows' })
  await bar.getByRole('button', { name: 'Edit Virtual Account assignment' }).click()
  await expect(page.getByText('2 devices chosen')).toBeVisible()
  await choose(page, CLINICS)
  await expectNoViolations(page)
  await page.getByRole('button', { name: /^Move / }).click()
  await expect(page.getByRole('status').filter({ hasText: 'moved' })).toBeVisible()
  await expectNoViolations(page)
  const before = await owner`select count(*)::int as n from change_sets where undo_of is not null`
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/where (it|they) (was|were)/)).toBeVisible()
  const after = await owner`select count(*)::int as n from change_sets where undo_of is not null`
  expect(after[0]?.['n']).toBe(before[0]?.['n'] + 1)
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
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/where (it|they) (was|were)/)).toBeVisible()
})

test('of two people at once one wins, and the other is told what has changed', async ({ page, browser, owner }) => {
  const device = await firstDevice(owner, 'aurora.example', 'Lab')
  const other = await (await browser.newContext()).newPage()
  const address = `${AURORA}/assign?of=devices&id=${device.id}`
  await signIn(page, 'admin@aurora.example', address)
  await signIn(other, 'admin2@aurora.example', address)
  await choose(page, 'EMEA')
  await choose(other, 'APJC')
  await page.getByRole('button', { name: 'Move 1 device' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'moved' })).toBeVisible()
  await other.getByRole('button', { name: 'Move 1 device' }).click()
  await expect(other.getByRole('alert').filter({ hasText: `${device.name} is in EMEA now` })).toBeVisible()
  expect(await placeOf(owner, 'devices', device.id)).toBe('EMEA')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/where (it|they) (was|were)/)).toBeVisible()
  expect(await placeOf(owner, 'devices', device.id)).toBe('Lab')
  await other.context().close()
})

test('a pasted list leads to the same review; a rule moves what waits, after its preview', async ({ page, owner }) => {
  const device = await firstDevice(owner, 'borealis.example', 'Norway Hospitals', 3)
  await signIn(page, 'admin@borealis.example', `${BOREALIS}/organize`)
  await page.getByRole('link', { name: 'Assign from a list' }).click()
  await page.getByLabel(/Or paste the rows/).fill(`${device.name}, ${CLINICS}\nNOTHING-1, ${CLINICS}`)
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByText('Line 2: “NOTHING-1” is unknown.')).toBeVisible()
  await page.goto(`${BOREALIS}/organize`)
  const rules = page.getByRole('region', { name: 'Assignment rules' })
  await rules.getByLabel('Devices by').selectOption({ label: 'Site' })
  await rules.getByLabel('Exact value').fill('No such site')
  await rules.getByLabel('Belong in').selectOption({ label: CLINICS })
  await rules.getByRole('button', { name: 'Add the rule' }).click()
  const row = rules.getByRole('row').filter({ hasText: 'No such site' })
  await expect(row).toContainText(CLINICS)
  await expectNoViolations(page)
  await row.getByRole('button', { name: 'Delete' }).click()
  await expect(row).toHaveCount(0)
})
