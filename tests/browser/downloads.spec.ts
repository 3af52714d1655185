import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { unzipped } from '@/lib/changes/unzipped'
import { verifyExport } from '@/lib/changes/verify-export'
import { AURORA, expect, signIn, test } from './person'

const ADMIN = 'admin@aurora.example'
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

type File = { id: string; number: string; title: string; sha256: string; bytes: number }

test('a document and all of an order are downloaded, whole, each with its event', async ({ page, owner }) => {
  const [file] = await owner<File[]>`select d.id, o.number, d.title, d.sha256, d.bytes from documents d
    join order_lines l on l.id = d.order_line_id join orders o on o.id = l.order_id join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'aurora.example' and d.kind = 'software' order by d.id limit 1`
  await signIn(page, ADMIN, `${AURORA}/orders/${file?.number}`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: file?.title ?? '', exact: true }).click(),
  ])
  expect(sumOf(readFileSync(await download.path()))).toBe(file?.sha256)
  expect(download.suggestedFilename()).toMatch(/\.bin$/)
  const [all] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download all as a zip' }).click(),
  ])
  const entries = unzipped(readFileSync(await all.path()))
  expect([...entries.values()].map(sumOf)).toContain(file?.sha256)
  await page.getByRole('checkbox', { name: `Choose ${file?.title}` }).check()
  const [chosen] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download chosen as a zip' }).click(),
  ])
  expect([...unzipped(readFileSync(await chosen.path())).values()].slice(0, -1).map(sumOf)).toEqual([file?.sha256])
  await page.reload()
  await expect(page.getByText('Documents downloaded')).toHaveCount(3)
})

test('a download goes on where it broke off', async ({ page, owner }) => {
  const [file] = await owner<File[]>`select d.id, o.number, d.title, d.sha256, d.bytes from documents d
    join order_lines l on l.id = d.order_line_id join orders o on o.id = l.order_id join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'aurora.example' and d.kind = 'software' order by d.id desc limit 1`
  await signIn(page, ADMIN, `${AURORA}/orders/${file?.number}`)
  const path = `${AURORA}/orders/${file?.number}/files/document-${file?.id}`
  const part = (range: string) => page.request.get(path, { headers: { range, 'if-range': `"${file?.sha256}"` } })
  const first = await part('bytes=0-99999')
  const rest = await part('bytes=100000-')
  expect([first.status(), rest.status()]).toEqual([206, 206])
  expect(sumOf(Buffer.concat([await first.body(), await rest.body()]))).toBe(file?.sha256)
})

test('a PAK is shown for a reason, and the reason stands in the Event Log', async ({ page, owner }) => {
  const [pak] = await owner<
    { license: string; four: string }[]
  >`select p.license_id as license, p.last_four as four from paks p
    join smart_accounts a on a.id = p.smart_account_id where a.domain = 'aurora.example' order by p.id limit 1`
  await signIn(page, ADMIN, `${AURORA}/licensing/${pak?.license}`)
  const row = page.getByRole('listitem').filter({ hasText: `••••${pak?.four}` })
  await row.getByText('Reveal', { exact: false }).first().click()
  await row.getByLabel('What you need it for').fill('Rehost after a repair')
  await row.getByRole('button', { name: 'Reveal the PAK' }).click()
  await expect(row.getByRole('status')).toHaveText(new RegExp(`^[0-9A-Z]{7}${pak?.four}$`))
  await page.goto(`${AURORA}/events?type=paks.revealed`)
  await expect(page.getByText(`Revealed the PAK ending in ${pak?.four}`).first()).toBeVisible()
})

test('a range of events leaves the Event Log signed', async ({ page }) => {
  await signIn(page, ADMIN, `${AURORA}/events`)
  await page.getByText('Signed export', { exact: true }).click()
  await page.getByLabel('From event').fill('1')
  await page.getByLabel('to event').fill('5')
  const key = await page.getByText(/^SHA256:/).textContent()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.signed-export').getByRole('button', { name: 'Download' }).click(),
  ])
  const { manifest, problems } = verifyExport(unzipped(readFileSync(await download.path())), key ?? '')
  expect([problems, manifest.count]).toEqual([[], 5])
})

test('what is not offered is said where it is looked for', async ({ page, owner }) => {
  const [license] =
    await owner`select l.id from licenses l join smart_accounts a on a.id = l.smart_account_id where a.domain = 'aurora.example' limit 1`
  await signIn(page, ADMIN, `${AURORA}/licensing/${license?.['id']}`)
  await expect(page.getByText('Version upgrades:')).toBeVisible()
  await page.getByRole('link', { name: 'All that is not offered here' }).click()
  await expect(page.getByRole('heading', { name: 'Not offered here' })).toBeVisible()
})

test('two people take the same zip and reveal the same PAK at once: each gets all of it, and stands in the log', async ({
  page,
  other,
  owner,
}) => {
  const [key] = await owner<File[]>`select d.id, o.number, d.title, d.sha256, d.bytes from documents d
    join order_lines l on l.id = d.order_line_id join orders o on o.id = l.order_id join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'aurora.example' and d.kind = 'license_key' order by d.id desc limit 1`
  const [pak] = await owner<{ license: string; four: string }[]>`select p.license_id as license, p.last_four as four
    from paks p join smart_accounts a on a.id = p.smart_account_id where a.domain = 'aurora.example' order by p.id desc limit 1`
  const logged = async (type: string, text: string) => {
    await page.goto(`${AURORA}/events?type=${type}`)
    for (const name of ['Ada Lindqvist', 'Una Petersen'])
      await expect(page.getByRole('row').filter({ hasText: name }).filter({ hasText: text }).first()).toBeVisible()
  }
  const pages = [page, other]
  await signIn(page, ADMIN, `${AURORA}/orders/${key?.number}`)
  await signIn(other, 'user@aurora.example', `${AURORA}/orders/${key?.number}`)
  const zips = await Promise.all(
    pages.map(async (at) => {
      const download = at.waitForEvent('download')
      await at.getByRole('link', { name: 'Download all as a zip' }).click()
      return unzipped(readFileSync(await (await download).path()))
    }),
  )
  expect([...(zips[0]?.values() ?? [])].map(sumOf)).toContain(key?.sha256)
  expect(zips[1]).toEqual(zips[0])
  await logged('documents.downloaded', `of order ${key?.number}`)

  const [mine = '', theirs] = await Promise.all(
    pages.map(async (at, nth) => {
      await at.goto(`${AURORA}/licensing/${pak?.license}`)
      const row = at.getByRole('listitem').filter({ hasText: `••••${pak?.four}` })
      await row.getByText('Reveal', { exact: false }).first().click()
      await row.getByLabel('What you need it for').fill(`Reason ${nth} of two`)
      await row.getByRole('button', { name: 'Reveal the PAK' }).click()
      return (await row.getByRole('status').textContent()) ?? ''
    }),
  )
  expect(mine).toMatch(new RegExp(`^[0-9A-Z]{7}${pak?.four}$`))
  expect(theirs).toBe(mine)
  await logged('paks.revealed', `Revealed the PAK ending in ${pak?.four}`)
  await page.goto(`${AURORA}/search/license?q=${mine}`)
  await expect(page.getByText(`Comes from the PAK ending in ${pak?.four}.`)).toBeVisible()
  await page.goto(`${AURORA}/search/license?q=${mine.slice(1)}`)
  await expect(page.getByText('is not known here')).toBeVisible()
})
