import { expect, type Locator, type Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { AURORA } from './person'

export const ADMIN = 'admin@aurora.example'
export const ADMIN2 = 'admin2@aurora.example'
export const ORGANIZE = `${AURORA}/organize`

/** From the page of what was chosen to its review. */
export async function choose(page: Page, place: string): Promise<void> {
  await page.getByLabel('Target Virtual Account').selectOption({ label: place })
  await page.getByRole('button', { name: 'Review' }).click()
  await inReview(page)
}

export const inReview = (page: Page) =>
  expect(page.getByRole('heading', { level: 1, name: 'Review the assignment' })).toBeVisible()

export const MOVE = /^Move /
/** What tells, after a review, that everything has moved. */
export const moved = (page: Page) => page.getByRole('status').filter({ hasText: /moved$|moved\W*See it/ })
export const undo = (page: Page) => page.getByRole('button', { name: 'Undo' })
/** What tells that what was moved is where it was. */
export const takenBack = (page: Page) => page.getByRole('status').filter({ hasText: /where (it was|they were)/ })

type Pressed = { winner: Page; told: Page /** What the second one is told. */; refusal: Locator }

/** Two people press the same button at the same moment; exactly one of them is told why not, under this title. */
export async function pressAtOnce(
  pages: readonly [Page, Page],
  name: string | RegExp,
  title: string,
): Promise<Pressed> {
  const refusalOf = (page: Page) => page.getByRole('alert').filter({ hasText: title })
  const refused = () => Promise.all(pages.map(async (page) => (await refusalOf(page).count()) > 0))
  await Promise.all(pages.map((page) => page.getByRole('button', { name }).click()))
  await expect.poll(async () => (await refused()).filter(Boolean).length).toBe(1)
  const [first, second] = pages
  const [winner, told] = (await refused())[0] ? [second, first] : [first, second]
  return { winner, told, refusal: refusalOf(told) }
}

/** The name of the Virtual Account in which something of the account is now. */
export async function placeOf(owner: Sql, table: 'devices' | 'licenses', id: number): Promise<string | undefined> {
  const [found] = await owner<{ name: string }[]>`select v.name from ${owner(table)} t
    join virtual_accounts v on v.smart_account_id = t.smart_account_id and v.id = t.virtual_account_id where t.id = ${id}`
  return found?.name
}

export const placeId = async (owner: Sql, name: string) =>
  (
    await owner<{ id: number }[]>`select v.id::int from virtual_accounts v
      join smart_accounts a on a.id = v.smart_account_id where a.domain = 'aurora.example' and v.name = ${name}`
  )[0]?.id ?? 0

export type Device = { id: number; name: string; serial: string }

/** Devices of a Virtual Account that stand alone, with a serial number, and use so many licenses. */
export const devicesIn = async (owner: Sql, place: string, licenses = 0): Promise<Device[]> =>
  owner<Device[]>`select d.id::int, coalesce(d.name, d.serial_number) as name, d.serial_number as serial from devices d
    join smart_accounts a on a.id = d.smart_account_id join virtual_accounts v on v.smart_account_id = a.id and v.id = d.virtual_account_id
    where a.domain = 'aurora.example' and v.name = ${place} and d.parent_id is null and d.serial_number is not null
      and not exists (select from devices c where c.smart_account_id = a.id and c.parent_id = d.id)
      and ${licenses} = (select count(*) from license_use u where u.smart_account_id = a.id and u.device_id = d.id)
    order by d.id desc`
