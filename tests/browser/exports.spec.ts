import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import * as workbooks from 'xlsx'
import { expectNoViolations } from './axe'
import { AURORA, expect, shown, signIn, test } from './person'

const COVERED = `${AURORA}/devices?coverage=covered`

test('a list is taken out as it is filtered and sorted, in each format', async ({ page, owner }) => {
  await signIn(page, 'admin@aurora.example', `${COVERED}&sort=-name`)
  const [row] = await owner`
    select count(*) as n from devices d join smart_accounts a on a.id = d.smart_account_id
    where a.domain = 'aurora.example' and d.coverage_status = 'covered'`
  const total = Number(row?.['n'])
  const first = await page.locator('tbody th').first().textContent()
  const take = async (name: string) => {
    await page.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name, exact: true }).click()
    const file = await download
    await page.keyboard.press('Escape')
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }
  await page.getByRole('button', { name: 'Export' }).click()
  await expect(page.locator('#export-menu')).toContainText(shown(total))
  await page.keyboard.press('Escape')

  const csv = await take('CSV, columns as shown')
  expect(csv.name).toMatch(/^aurora\.example-devices-\d{4}-\d\d-\d\d\.csv$/)
  const lines = parse(csv.bytes, { bom: true }) as string[][]
  expect([lines.length - 1, lines[1]?.[0]]).toEqual([total, first])

  const xlsx = await take('Excel (XLSX), all columns')
  const book = workbooks.read(xlsx.bytes)
  const rows = workbooks.utils.sheet_to_json<string[]>(book.Sheets['Devices'] ?? {}, { header: 1 })
  expect([rows.length - 1, rows[1]?.[0]]).toEqual([total, first])
  expect(rows[0]?.length).toBeGreaterThan(lines[0]?.length ?? 0)
})

test('an export is started, watched, fetched and deleted', async ({ page }) => {
  await signIn(page, 'va-admin@aurora.example', `${AURORA}/exports?of=devices&format=csv&coverage=covered`)
  await expect(page.getByRole('heading', { name: 'Start an export' })).toBeVisible()
  await expect(page.getByText('Coverage Status: Covered')).toBeVisible()
  await page.getByRole('button', { name: 'Start the export' }).click()
  await page.waitForURL(/\/exports$/)
  const row = page.locator('tbody tr').first()
  await expect(row).toContainText('Ready', { timeout: 20_000 })
  const download = page.waitForEvent('download')
  await row.getByRole('link', { name: /\.csv$/ }).click()
  const file = readFileSync(await (await download).path())
  const lines = parse(file, { bom: true }) as string[][]
  await expect(row).toContainText(shown(lines.length - 1))
  // The title of a page that came by a link follows its content.
  await expect(page).toHaveTitle(/./)
  await expectNoViolations(page)

  await row.getByRole('button', { name: /^Delete/ }).click()
  await expect(row).toContainText('Deleted')
  await page.goto(`${AURORA}/devices`)
  await expect(page.getByRole('heading', { name: 'Devices', level: 1 })).toBeVisible()
})

test('a format that there is not is told in words', async ({ page }) => {
  await signIn(page, 'admin@aurora.example', AURORA)
  const answer = await page.goto(`${AURORA}/devices/export?format=pdf`)
  expect(answer?.status()).toBe(400)
  await expect(page.getByText('“pdf” is none of csv, xlsx, jsonl')).toBeVisible()
})
