import AxeBuilder from '@axe-core/playwright'
import { deviceFile, someDevice } from '../support/device-file'
import { expect, signIn, test } from './person'

// A small account that nobody else counts in.
const IMPORTS = '/accounts/delta.example/administration/imports'
const file = (name: string, buffer: Uint8Array | string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(buffer),
})

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
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
  ).toEqual([])
  await page.getByRole('button', { name: 'Apply 1 change' }).click()

  await expect(page.getByText('Everything below is in the Smart Account now')).toBeVisible()
  await page.getByRole('link', { name: `core-${unique}` }).click()
  await expect(page.getByRole('heading', { name: `core-${unique}` })).toBeVisible()
  await expect(page.getByText('License Central export').first()).toBeVisible()
})

test('a file that is none is answered beside the form', async ({ page }) => {
  await signIn(page, 'admin@delta.example', IMPORTS)
  await page.getByLabel('File', { exact: true }).setInputFiles(file('devices.csv', 'PK\u0003\u0004'))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('alert').getByText('This is an Excel workbook')).toBeVisible()
  await expect(page).toHaveURL(IMPORTS)
})

test('a file of 28 MB passes the limits of a request', async ({ page }) => {
  await signIn(page, 'admin@delta.example', IMPORTS)
  await page.getByLabel('File', { exact: true }).setInputFiles(file('long.csv', '\n'.repeat(28 * 1024 * 1024)))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('alert').getByText('The file is empty.')).toBeVisible()
})
