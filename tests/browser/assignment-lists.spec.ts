import {
  ADMIN,
  ADMIN2,
  choose,
  devicesIn,
  inReview,
  MOVE,
  moved,
  placeOf,
  pressAtOnce,
  takenBack,
  undo,
} from './assigning'
import { AURORA, expect, signIn, test } from './person'

test('a file and a pasted list lead to the same review; of two people one wins, and the log takes back what has not changed since', async ({
  page,
  other,
  owner,
}) => {
  const [first, second] = await devicesIn(owner, 'Canada')
  const [license] = await owner<
    { id: number; name: string; sku: string }[]
  >`select l.id::int, l.name, l.sku from licenses l
    join smart_accounts a on a.id = l.smart_account_id join virtual_accounts v on v.smart_account_id = a.id and v.id = l.virtual_account_id
    where a.domain = 'aurora.example' and v.name = 'Canada' and l.balance > 1 and l.quantity - l.reserved > 1 order by l.id limit 1`
  const list = [
    'Serial number;Target;Quantity;From',
    ...[first, second].map((device) => `${device?.serial};Lab;;`),
    `${license?.sku};Lab;1;Canada`,
    'NOTHING-1;Lab;;',
  ].join('\n')
  await signIn(page, ADMIN, `${AURORA}/assign`)
  await signIn(other, ADMIN2, `${AURORA}/assign`)
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'moves.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await other.getByLabel('Or paste the rows').fill(list)
  for (const at of [page, other]) {
    await at.getByRole('button', { name: 'Review' }).click()
    await inReview(at)
    await expect(at.getByText('Line 5: “NOTHING-1” is unknown.')).toBeVisible()
    await expect(at.getByText('2 devices move')).toBeVisible()
    await expect(at.getByText('1 license (1 in all) moves')).toBeVisible()
  }
  const { winner, told, refusal } = await pressAtOnce([page, other], MOVE, 'Nothing was changed')
  await expect(moved(winner)).toBeVisible()
  await expect(refusal).toContainText('3 things have changed since this review. Nothing was moved.')
  for (const device of [first, second]) await expect(refusal).toContainText(`${device?.name} is in Lab now`)
  await expect(refusal).toContainText(`${license?.name} was changed by somebody else`)

  await told.goto(`${AURORA}/assign?of=devices&id=${first?.id}`)
  await choose(told, 'APJC')
  await told.getByRole('button', { name: MOVE }).click()
  await expect(moved(told)).toBeVisible()
  await winner.getByRole('link', { name: 'See it in the Event Log' }).click()
  await undo(winner).click()
  await expect(takenBack(winner)).toContainText(
    `2 things are where they were1 changed since and were left alone:${first?.name}`,
  )
  expect(await Promise.all([first, second].map((device) => placeOf(owner, 'devices', device?.id ?? 0)))).toEqual([
    'APJC',
    'Canada',
  ])
})
