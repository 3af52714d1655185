import { ADMIN, ADMIN2, choose, MOVE, moved, placeId, pressAtOnce, takenBack, undo } from './assigning'
import { AURORA, expect, shown, signIn, test } from './person'

const LISTS = [
  { tab: 'contracts', table: 'contract_lines', noun: 'contract products', many: 'products in contracts' },
  {
    tab: 'subscriptions',
    table: 'subscription_lines',
    noun: 'subscription products',
    many: 'products in subscriptions',
  },
] as const

for (const { tab, table, noun, many } of LISTS)
  test(`all ${many} that match are moved by one of two administrators at once, and taken back from the notice`, async ({
    page,
    other,
    owner,
  }) => {
    const france = await placeId(owner, 'France')
    const places = () => owner`select id, virtual_account_id from ${owner(table)} where smart_account_id = (
      select id from smart_accounts where domain = 'aurora.example') order by id`
    const before = await places()
    const n = before.filter((line) => Number(line['virtual_account_id']) === france).length
    await signIn(page, ADMIN, `${AURORA}/${tab}?va=${france}&size=25`)
    await page.locator('main tbody input[type=checkbox]').first().check()
    const bar = page.getByRole('region', { name: 'Selected rows' })
    await bar.getByRole('button', { name: `Select all ${shown(n)} that match` }).click()
    await bar.getByRole('button', { name: 'Edit Virtual Account assignment' }).click()
    await expect(page.getByText(`${shown(n)} ${noun} chosen`)).toBeVisible()
    await signIn(other, ADMIN2, `${AURORA}/assign?${new URLSearchParams({ of: tab, match: `va=${france}` })}`)
    for (const at of [page, other]) await choose(at, 'Americas')
    const { winner, refusal } = await pressAtOnce([page, other], MOVE, 'Nothing was changed')
    await expect(moved(winner)).toContainText(`${shown(n)} ${many}`)
    await expect(refusal).toContainText(`${shown(n)} things have changed since this review. Nothing was moved.`)
    await expect(refusal).toContainText(`and ${shown(n - 20)} more`)
    await undo(winner).click()
    await expect(takenBack(winner)).toBeVisible()
    expect(await places()).toEqual(before)
  })
