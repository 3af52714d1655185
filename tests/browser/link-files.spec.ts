import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { unzipped } from '@/lib/changes/unzipped'
import { expectNoViolations } from './axe'
import { codeByMail, codeField } from './mailed-link'
import { AURORA, expect, signIn, test } from './person'

const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Opens what was shared, as a recipient does; gives the link. */
async function openByMail(page: Page, address: string): Promise<string> {
  const { link, code } = await codeByMail(page, address)
  await codeField(page).fill(code)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Order /)
  return link
}

type Line = {
  number: string
  row: number
  line: number
  document: number
  title: string
  sha256: string
  foreign: number
  pak: string
}

test('a line is shared with a last day, opened by a code, downloaded from, and gone when its day is over or it is revoked', async ({
  page,
  browser,
  owner,
}) => {
  const address = 'line-recipient@fjord.example'
  const [line] = await owner<Line[]>`
    select o.number, o.id::int as row, l.id::int as line, d.id::int as document, d.title, d.sha256, p.last_four as pak,
      (select min(x.id)::int from documents x join order_lines y on y.id = x.order_line_id where y.order_id <> o.id) as foreign
    from paks p join order_lines l on l.id = p.order_line_id join orders o on o.id = l.order_id
    join documents d on d.order_line_id = l.id and d.storage_key like 'demo/%'
    where o.smart_account_id = (select id from smart_accounts where domain = 'aurora.example')
      and not exists (select from order_shares s where s.order_id = o.id) order by o.id, l.id, d.id limit 1`
  // From the list of orders to the form of the chosen one.
  await signIn(page, 'user@aurora.example', `${AURORA}/orders?q=${line?.number}`)
  await page.waitForLoadState('networkidle')
  await page.locator(`#row-${line?.row}`).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Send Order Based Access' }).click()
  await page.waitForURL(`**/orders/${line?.number}/share`)
  await page.getByLabel('The lines chosen below').check()
  await page.getByText(/^Lines \(/).click()
  await page.locator(`input[name=lines][value="${line?.line}"]`).check()
  await page.getByLabel('Recipients').fill(address)
  await page.getByLabel('Last day').fill('2099-12-31')
  await page.getByRole('button', { name: 'Review what they will see' }).click()
  await page.getByRole('button', { name: 'Send access (1 mail)' }).click()
  await page.waitForURL(`**/administration/shares?q=${line?.number}`)

  const guest = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
  const link = await openByMail(guest, address)
  await expectNoViolations(guest)
  const [download] = await Promise.all([
    guest.waitForEvent('download'),
    guest
      .getByRole('link', { name: line?.title ?? '', exact: true })
      .first()
      .click(),
  ])
  expect(sumOf(readFileSync(await download.path()))).toBe(line?.sha256)
  const [all] = await Promise.all([
    guest.waitForEvent('download'),
    guest.getByRole('link', { name: 'Download all as a zip' }).click(),
  ])
  expect([...unzipped(readFileSync(await all.path())).values()].map(sumOf)).toContain(line?.sha256)
  const pak = guest.getByRole('listitem').filter({ hasText: `••••${line?.pak}` })
  await pak.getByText('Reveal', { exact: false }).first().click()
  await pak.getByLabel('What you need it for').fill('ab')
  await pak.getByRole('button', { name: 'Reveal the PAK' }).click()
  await expect(pak.getByText('Say what you need it for, in a few words.')).toBeVisible()
  await expectNoViolations(guest)
  await pak.getByLabel('What you need it for').fill('Setting up the router')
  await pak.getByRole('button', { name: 'Reveal the PAK' }).click()
  await expect(pak.getByRole('status')).toHaveText(new RegExp(`${line?.pak}$`))

  const statusOf = async (file: string) => (await guest.request.get(`${link}/files/${file}`)).status()
  expect([await statusOf(`document-${line?.document}`), await statusOf(`document-${line?.foreign}`)]).toEqual([
    200, 404,
  ])
  // Another browser is led to the code.
  const other = await (await browser.newContext()).newPage()
  await other.goto(`${link}/files/document-${line?.document}`)
  await expect(other).toHaveURL(link)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Something was shared with you')
  await other.context().close()

  // What was done is in the log of the account, with the share in the place of a person.
  await page.goto(`${AURORA}/events?about=order:${line?.row}`)
  await expect(page.getByText(/^Downloaded \d+ documents? of order \d+, by Order Based Access$/).first()).toBeVisible()

  await page.goto(`${AURORA}/administration/shares?q=${address}`)
  const row = page.getByRole('row', { name: new RegExp(address) })
  await expect(row).toContainText('2099')
  const expire = (at: string) => owner`update order_shares set expires_at = ${at} where email = ${address}`
  await expire('2020-01-01T00:00:00Z')
  expect(await statusOf(`document-${line?.document}`)).toBe(410)
  expect((await guest.goto(link))?.status()).toBe(410)
  await page.reload()
  await expect(row).toContainText('Ended')
  await expire('2100-01-01T00:00:00Z')
  expect(await statusOf(`document-${line?.document}`)).toBe(200)
  await page.reload()
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Revoke the chosen' }).click()
  await page.waitForURL(/administration\/shares$/)
  expect([await statusOf(`document-${line?.document}`), await statusOf('all.zip')]).toEqual([410, 410])
  expect((await guest.goto(link))?.status()).toBe(410)
  await guest.context().close()
})
