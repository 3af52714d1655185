import { expectNoViolations } from './axe'
import { AURORA, expect, shown, signIn, test } from './person'

const account = `(select id from smart_accounts where domain = 'aurora.example')`
const inGermany = `devices d where d.smart_account_id = ${account} and d.serial_number is not null and d.virtual_account_id =
  (select id from virtual_accounts where smart_account_id = d.smart_account_id and name = 'Germany')`

test('suggestions come while typing, and a key leads to one', async ({ page, owner }) => {
  const [device] = await owner.unsafe(`select id, serial_number as serial from ${inGermany} order by id limit 1`)
  await signIn(page, 'va-user@aurora.example', `${AURORA}/overview`)
  const field = page.getByRole('banner').getByLabel('Search this Smart Account')
  await field.focus()
  await expect(field).toHaveRole('combobox')
  await field.pressSequentially(String(device?.['serial']).toLowerCase())
  const first = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first()
  await expect(first).toContainText(String(device?.['serial']))
  await expectNoViolations(page, { part: 'header' })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${AURORA}/devices/${device?.['id']}`)
})

test('suggestions come for whoever is in the field before the script is there', async ({ page }) => {
  await signIn(page, 'va-user@aurora.example', `${AURORA}/overview`)
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => document.querySelector<HTMLElement>('header [data-search]')?.focus())
  })
  await page.goto(`${AURORA}/devices`)
  await expect(page.getByRole('banner').getByLabel('Search this Smart Account')).toHaveRole('combobox')
})

test('what is found stands by kind, and each kind leads to all of it', async ({ page, owner }) => {
  const [{ n } = { n: 0 }] = await owner.unsafe<{ n: number }[]>(
    `select count(*)::int as n from devices where smart_account_id = ${account} and (pid ilike '%C9300%' or description ilike '%C9300%' or name ilike '%C9300%')`,
  )
  await signIn(page, 'admin@aurora.example', `${AURORA}/overview`)
  const field = page.getByRole('banner').getByLabel('Search this Smart Account')
  await field.fill('C9300')
  await field.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: `Devices (${shown(n)})` })).toBeVisible()
  await page.getByRole('link', { name: `All ${shown(n)} devices` }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Devices' })).toBeVisible()
  await expect(page.locator('.found-list > li')).toHaveCount(50)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await page.getByRole('link', { name: 'Open as a list' }).click()
  await expect(page.getByRole('status').first()).toHaveText(new RegExp(`^${shown(n)} of`))
})

test('of pasted identifiers the known ones are told, and what lies outside of the scope is as unknown as nonsense', async ({
  page,
  owner,
}) => {
  const [own, other] = await Promise.all([
    owner.unsafe(`select serial_number as serial from ${inGermany} order by id limit 1`),
    owner.unsafe(`select serial_number as serial from devices d where d.smart_account_id = ${account} and d.serial_number is not null
      and d.virtual_account_id is null order by id limit 1`),
  ])
  const [known, foreign] = [String(own[0]?.['serial']), String(other[0]?.['serial'])]
  await signIn(page, 'va-user@aurora.example', `${AURORA}/search/paste`)
  await page.getByLabel('Identifiers').fill(`${known}\n${foreign}, NOSUCH00001`)
  await page.getByRole('button', { name: 'Look up' }).click()
  const answer = page.getByRole('region', { name: 'What was found' })
  await expect(answer.getByRole('status')).toHaveText('1 of 3 found, 2 unknown')
  const rowOf = (identifier: string) => answer.getByRole('row', { name: identifier })
  await expect(rowOf(known)).toContainText('Device')
  const unknown = (await rowOf('NOSUCH00001').textContent())?.replace('NOSUCH00001', '')
  expect((await rowOf(foreign).textContent())?.replace(foreign, '')).toBe(unknown)
  await expectNoViolations(page)
  await answer.getByRole('link', { name: 'Open the devices as a list' }).click()
  await expect(page.getByRole('status').first()).toHaveText(/^1 of/)
})

test('too many identifiers are refused in words, and nothing has to be pasted again', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', `${AURORA}/search/paste`)
  const text = Array.from({ length: 501 }, (_, n) => `S${n}`).join('\n')
  await page.getByLabel('Identifiers').fill(text)
  await page.getByRole('button', { name: 'Look up' }).click()
  await expect(page.getByText('These are 501 identifiers. Up to 500 are looked up at once.')).toBeVisible()
  await expect(page.getByLabel('Identifiers')).toHaveValue(text)
})

test('an order leads to its licenses, with what stands in the way and the next step', async ({ page, owner }) => {
  const [row] = await owner.unsafe(`select o.number, l.name from license_terms t
    join order_lines n on n.smart_account_id = t.smart_account_id and n.id = t.order_line_id
    join orders o on o.smart_account_id = n.smart_account_id and o.id = n.order_id
    join licenses l on l.smart_account_id = t.smart_account_id and l.id = t.license_id
    where t.smart_account_id = ${account} and l.status = 'out_of_compliance' order by o.id limit 1`)
  await signIn(page, 'viewer@aurora.example', `${AURORA}/search/license`)
  const field = page.locator('main').getByLabel('Order, PAK, serial number or SKU')
  await field.fill(String(row?.['number']))
  await field.press('Enter')
  const card = page.getByRole('region', { name: String(row?.['name']), exact: true }).first()
  await expect(card.getByText('Cannot be used as it is')).toBeVisible()
  await expect(card.getByRole('heading', { name: 'Next step' })).toBeVisible()
})

test('a search that cannot be understood says what would be', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', `${AURORA}/search?q=expires:soon`)
  await expect(page.getByText('expires: “soon” is not a time such as <90d, >30d or <2026-12-31.')).toBeVisible()
  expect((await page.goto(`${AURORA}/search?q=x&type=router`))?.status()).toBe(400)
})
