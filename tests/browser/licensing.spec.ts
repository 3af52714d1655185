import { expectNoViolations } from './axe'
import { AURORA, expect, shown, signIn, test } from './person'

test('a short license shows its past and leads to the devices that are not license sufficient', async ({
  page,
  owner,
}) => {
  const [short] = await owner<{ id: number; place: number; devices: number; kept: number }[]>`
    select l.id::int, l.virtual_account_id::int as place,
      (select count(*)::int from devices d where d.smart_account_id = l.smart_account_id and d.virtual_account_id = l.virtual_account_id
        and d.license_state = 'insufficient') as devices,
      (select count(*)::int from license_days k where k.smart_account_id = l.smart_account_id and k.license_id = l.id) as kept
    from licenses l join smart_accounts a on a.id = l.smart_account_id
    where a.domain = 'aurora.example' and l.status = 'out_of_compliance' and l.in_use > 0 and (select count(distinct (k.quantity, k.in_use)) from license_days k
      where k.smart_account_id = l.smart_account_id and k.license_id = l.id) > 1 order by l.id limit 1`
  expect(short?.kept).toBeGreaterThan(100)
  await signIn(page, 'admin@aurora.example', `${AURORA}/licensing/${short?.id}`)
  await page.getByText('Figures as a table').click()
  const figures = page.getByRole('table', { name: /Quantity and use on each day/ })
  expect(await figures.getByRole('row').count()).toBeGreaterThan(2)
  // The title of a page that came by a link follows its content.
  await expect(page).toHaveTitle(/./)
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'All devices of this Virtual Account with an insufficient license' }).click()
  await expect(page).toHaveURL(`${AURORA}/devices?licenses=insufficient&va=${short?.place}`)
  await expect(page.getByRole('status').first()).toHaveText(new RegExp(`^${shown(short?.devices)} of `))
  await expect(page.getByRole('link', { name: /License insufficient/ }).first()).toBeVisible()
})
