import type { Viewer } from '@/lib/access/viewer'
import { changeRole, removeRole, seenAs } from '@/lib/administration/change-role'
import { giveRoles } from '@/lib/administration/grant'
import { roleOf, usersOf } from '@/lib/administration/queries'
import type { RoleDraft } from '@/lib/administration/schema'
import { Conflict } from '@/lib/errors'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

let demo: DemoScene
beforeAll(async () => {
  demo = await openDemo(200)
}, 120_000)
afterAll(() => closeDemo(demo))

const key = () => crypto.randomUUID()
const give = (role: RoleDraft['role'], lastDay: string | null = null): RoleDraft => ({
  ...{ role, virtualAccountId: null, includesNested: false, lastDay, purpose: '' },
})
const administrators = (viewer: Viewer) => demo.owner<{ id: number; email: string }[]>`
  select r.id::int, u.email from role_assignments r join users u on u.id = r.user_id where r.smart_account_id = ${viewer.account.id}
    and r.role = 'sa_admin' and r.revoked_at is null and r.expires_at is null order by r.id`
const events = async () => (await demo.owner<{ n: number }[]>`select count(*)::int as n from events`)[0]?.n
async function seen(viewer: Viewer, id: number): Promise<string> {
  const role = await roleOf(viewer, id)
  return role ? seenAs({ ...role, expiresAt: role.lastDay }) : ''
}

test('the last one is not removed, demoted or given an end date, and the page warns', async () => {
  const admin = await viewerOf(demo.owner, 'admin@delta.example', 'delta.example')
  const [only] = await administrators(admin)
  const id = only?.id ?? 0
  const before = await events()
  await expect(removeRole(admin, id, key())).rejects.toBeInstanceOf(Conflict)
  await expect(changeRole(admin, id, await seen(admin, id), give('sa_user'), key())).rejects.toBeInstanceOf(Conflict)
  const ending = give('sa_admin', '2027-01-01')
  await expect(changeRole(admin, id, await seen(admin, id), ending, key())).rejects.toBeInstanceOf(Conflict)
  expect((await usersOf(admin, 1)).administrators).toBe(1)
  // Another one with an end date is no successor.
  await giveRoles(admin, ['soon@delta.example'], ending, key())
  await expect(removeRole(admin, id, key())).rejects.toBeInstanceOf(Conflict)
  expect(await events()).toBe((before ?? 0) + 1)
})

test('nor by hand: the database keeps one', async () => {
  const admin = await viewerOf(demo.owner, 'admin@delta.example', 'delta.example')
  const [only] = await administrators(admin)
  const refused = { constraint_name: 'role_assignments_last_administrator' }
  await expect(
    demo.owner`update role_assignments set revoked_at = now() where id = ${only?.id ?? 0}`,
  ).rejects.toMatchObject(refused)
  await expect(demo.owner`delete from role_assignments where id = ${only?.id ?? 0}`).rejects.toMatchObject(refused)
  expect(await administrators(admin)).toHaveLength(1)
})

test('of two who take each other away at the same instant one stays, and one event is left', async () => {
  for (let round = 0; round < 5; round++) {
    const one = await viewerOf(demo.owner, 'admin@aurora.example', 'aurora.example')
    const other = await viewerOf(demo.owner, 'admin2@aurora.example', 'aurora.example')
    const [first, second] = await administrators(one)
    if (!first || !second) throw new Error('Two administrators are needed.')
    const idOf = (email: string) => (first.email === email ? first.id : second.id)
    const before = await events()
    const answers = await Promise.allSettled([
      removeRole(one, idOf(other.email), key()),
      removeRole(other, idOf(one.email), key()),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const left = await administrators(one)
    expect(left).toHaveLength(1)
    expect(await events()).toBe((before ?? 0) + 1)
    const [keeper, gone] = left[0]?.email === one.email ? [one, other] : [other, one]
    await giveRoles(keeper, [gone.email], give('sa_admin'), key())
  }
})

test('nor do both leave at the same instant, each by themselves', async () => {
  const one = await viewerOf(demo.owner, 'admin@aurora.example', 'aurora.example')
  const other = await viewerOf(demo.owner, 'admin2@aurora.example', 'aurora.example')
  const roles = await administrators(one)
  const idOf = (email: string) => roles.find((role) => role.email === email)?.id ?? 0
  const answers = await Promise.allSettled([
    removeRole(one, idOf(one.email), key()),
    changeRole(other, idOf(other.email), await seen(one, idOf(other.email)), give('sa_viewer'), key()),
  ])
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) })
  expect(await administrators(one)).toHaveLength(1)
})
