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
    // Of these lines alone: the tests beside this one move lines of other Virtual Accounts.
    const ids = await owner<{ id: string }[]>`select id from ${owner(table)}
      where virtual_account_id = ${france} and smart_account_id = (
        select id from smart_accounts where domain = 'aurora.example')`
    const n = ids.length
    const inFrance = async () => {
      const [found] = await owner<{ n: number }[]>`select count(*)::int as n from ${owner(table)}
        where virtual_account_id = ${france} and id = any(${ids.map(({ id }) => id)}::bigint[])`
      return found?.n
    }
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
    expect(await inFrance()).toBe(0)
    await undo(winner).click()
    await expect(takenBack(winner)).toBeVisible()
    expect(await inFrance()).toBe(n)
  })
