import type { Page } from '@playwright/test'
import type { FormatId } from '@/lib/importing/schema'
import { contractLine, contractLinesAnswer, licenseRecord, licensesAnswer } from '../support/answers'
import { deviceFile, someDevice } from '../support/device-file'
import { installed, workbook } from '../support/workbooks'
import { expectNoViolations } from './axe'
import { expect, signIn, test } from './person'

// A small account that nobody else counts in.
const IMPORTS = '/accounts/delta.example/administration/imports'
const file = (name: string, buffer: Uint8Array | string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(buffer),
})

/** Uploads a file, looks at its preview, and applies it. */
async function bring(page: Page, format: FormatId, name: string, buffer: Uint8Array) {
  await page.goto(IMPORTS)
  await page.getByLabel('What the file is').selectOption(format)
  await page.getByLabel('File', { exact: true }).setInputFiles(file(name, buffer))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByText('Nothing has changed yet')).toBeVisible()
  await page.getByRole('button', { name: /^Apply / }).click()
  await expect(page.getByText('Everything below is in the Smart Account now')).toBeVisible()
}

test('a file of devices is checked, seen and applied, and the devices are there', async ({ page }) => {
  await signIn(page, 'admin@delta.example', IMPORTS)
  const unique = String(Date.now())
  const rows = [
    someDevice(unique, { 'Device Name': `core-${unique}` }),
    someDevice(`${unique}1`, { 'Ship Date': 'soon' }),
  ]
  await page.getByLabel('File', { exact: true }).setInputFiles(file('devices.csv', deviceFile(rows)))
  await page.getByRole('button', { name: 'Check the file' }).click()

  await expect(page.getByText('Nothing has changed yet')).toBeVisible()
  await expect(page.getByText('Ship Date “soon” is not a date')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Apply 1 change' }).click()

  await expect(page.getByText('Everything below is in the Smart Account now')).toBeVisible()
  await page.getByRole('link', { name: `core-${unique}` }).click()
  await expect(page.getByRole('heading', { name: `core-${unique}` })).toBeVisible()
  await expect(page.getByText('License Central export').first()).toBeVisible()
})

test('licenses and contract lines from JSON are seen in their tabs', async ({ page }) => {
  await signIn(page, 'admin@delta.example', IMPORTS)
  const unique = String(Date.now())
  await bring(page, 'lc-devices', 'devices.csv', deviceFile([someDevice(unique)]))
  const contract = `29${unique.slice(-8)}`
  const line = contractLine({
    serialNumber: `FOC${unique}`,
    instanceNumber: unique,
    contract: { number: contract, lineStatus: 'ACTIVE' },
  })
  await bring(page, 'ccwr-lines', 'lines.json', contractLinesAnswer([line]))
  await page.goto(`/accounts/delta.example/contracts/${contract}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(contract)
  const license = `Thing ${unique}`
  await bring(
    page,
    'licenses',
    'licenses.json',
    licensesAnswer([licenseRecord({ license, quantity: 3, inUse: 5, licenseDetails: [] })]),
  )
  await page.goto(`/accounts/delta.example/licensing?q=${encodeURIComponent(license)}`)
  await expect(page.getByRole('link', { name: license, exact: true })).toBeVisible()
})

test('what the install base says otherwise waits in the reconciliation inbox until somebody has chosen', async ({
  page,
}) => {
  await signIn(page, 'admin@delta.example', IMPORTS)
  const unique = String(Date.now())
  await bring(page, 'lc-devices', 'devices.csv', deviceFile([someDevice(unique)]))
  const otherwise = installed(unique, { 'Ship Date': 43963, 'Install Site City': 'Bremen' })
  await bring(page, 'install-base', 'ib.xlsx', workbook([otherwise]))
  await page.getByRole('link', { name: 'Reconciliation' }).click()
  const card = page.getByRole('region', { name: new RegExp(`core-${unique}`) })
  await expect(card.getByRole('row', { name: /Customer City/ })).toContainText('HamburgBremen')
  await expect(card.getByText('License Central export')).toBeVisible()
  await expectNoViolations(page)
  await card.getByRole('button', { name: /^Take what the file says/ }).click()
  await expect(card).toHaveCount(0)
  await page.goto(`/accounts/delta.example/devices?q=FOC${unique}`)
  await page.getByRole('link', { name: `core-${unique}` }).click()
  await expect(page.getByText('Bremen').first()).toBeVisible()
})

test('a file that is none is answered beside the form', async ({ page }) => {
  await signIn(page, 'admin@delta.example', IMPORTS)
  await page.getByLabel('File', { exact: true }).setInputFiles(file('devices.csv', 'PK\u0003\u0004'))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('alert').getByText('This is an Excel workbook')).toBeVisible()
  await expect(page).toHaveURL(IMPORTS)
})

test('a file of 28 MB passes the limits of a request', async ({ page }) => {
  // The file goes to the browser piece by piece before it goes anywhere.
  test.setTimeout(300_000)
  await signIn(page, 'admin@delta.example', IMPORTS)
  await page.getByLabel('File', { exact: true }).setInputFiles(file('long.csv', '\n'.repeat(28 * 1024 * 1024)))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('alert').getByText('The file is empty.')).toBeVisible()
})
