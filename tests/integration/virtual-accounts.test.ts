import VirtualAccountPage from '@/app/accounts/[domain]/administration/virtual-accounts/[place]/page'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import type { PlaceDraft } from '@/lib/administration/place-schema'
import { placesOf, totalOf } from '@/lib/administration/places'
import { changePlace, createPlace, deletePlace, makeDefault } from '@/lib/administration/plan-places'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { devices } from '@/lib/resources/devices'
import { countWhole } from '@/lib/table/figures'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }

let demo: DemoScene
let admin: Viewer
beforeAll(async () => {
  demo = await openDemo(600, { withPaks: true })
  admin = await viewerOf(demo.owner, 'admin@aurora.example', AURORA)
}, 120_000)
afterAll(() => closeDemo(demo))

const key = () => crypto.randomUUID()
const again = (email: string) => viewerOf(demo.owner, email, AURORA)
const idOf = async (name: string) => {
  const [row] = await demo.owner<{ id: number }[]>`select v.id::int from virtual_accounts v
    join smart_accounts a on a.id = v.smart_account_id where a.domain = ${AURORA} and v.name = ${name}`
  return row?.id ?? 0
}
const draft = (name: string, parentId: number | null, more: Partial<PlaceDraft> = {}): PlaceDraft => ({
  ...{ name, parentId, description: '', isRestricted: false, preferredEndDate: null, tags: {} },
  ...more,
})
const named = (name: string, parentId: number | null) => ({ name, parentId, description: '' })
const newest = async () => (await demo.owner`select * from events order by at desc, seq desc limit 1`)[0]
const state = async () =>
  (
    await demo.owner`select (select count(*)::int from events) as events,
  (select md5(string_agg(v::text, '' order by id)) from virtual_accounts v) as places, (select count(*)::int from virtual_account_tags) as tags`
  )[0]
const refused = async (work: Promise<unknown>, why: abstract new (...args: never[]) => Error) => {
  const before = await state()
  await expect(work).rejects.toBeInstanceOf(why)
  expect(await state()).toEqual(before)
}
const seesDevices = (viewer: Viewer) => asUser(viewer, (reader) => countWhole(reader, devices, viewer))
/** Roll-ups that differ from a recount. */
const drift = async () => demo.owner`select target from app.rollup_drift() where cells <> 0`

test('one is created where it is wanted, once however often the form is sent', async () => {
  const form = key()
  const emea = await idOf('EMEA')
  const before = await state()
  const answers = await Promise.all(Array.from({ length: 20 }, () => createPlace(admin, named('Spain', emea), form)))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect((await state())?.['events']).toBe(before?.['events'] + 1)
  expect(await newest()).toMatchObject({ type: 'virtual-accounts.created', detail: { parentId: emea } })
  // Whoever reaches what is nested in EMEA has it with their next request.
  expect((await again('va-admin@aurora.example')).virtualAccounts.map(({ name }) => name)).toContain('Spain')
  await refused(createPlace(admin, named('Spain', null), key()), Invalid)
})

test('moving one in the tree moves who sees what is in it, in every count', async () => {
  const apjc = await idOf('APJC')
  const [vaAdmin, vaUser] = [await again('va-admin@aurora.example'), await again('va-viewer@aurora.example')]
  const [before, own] = [await seesDevices(vaAdmin), await seesDevices(vaUser)]
  expect(own).toBeGreaterThan(0)
  await changePlace(
    admin,
    apjc,
    draft('Asia', await idOf('EMEA'), { tags: { region: 'asia' }, preferredEndDate: '2027-12-31' }),
    key(),
  )
  expect(await newest()).toMatchObject({
    detail: expect.objectContaining({ isMoved: true, isRenamed: true, isTagged: true }),
  })
  expect(await seesDevices(await again('va-admin@aurora.example'))).toBe(before + own)
  // A viewer that a request still holds sees no more than the database gives them now.
  expect(await seesDevices(vaAdmin)).toBe(before)
  expect(await seesDevices(await again('va-viewer@aurora.example'))).toBe(own)
  const shown = (await placesOf(admin)).find(({ id }) => id === apjc)
  expect(shown).toMatchObject({ depth: 1, tags: { region: 'asia' }, preferredEndDate: '2027-12-31' })
  await changePlace(admin, apjc, draft('APJC', null), key())
  expect(await seesDevices(await again('va-admin@aurora.example'))).toBe(before)
  expect(await drift()).toEqual([])
})

test('none is nested in itself, however many move at once', async () => {
  const [emea, germany] = [await idOf('EMEA'), await idOf('Germany')]
  await refused(changePlace(admin, emea, draft('EMEA', germany), key()), Invalid)
  await refused(changePlace(admin, emea, draft('EMEA', emea), key()), Invalid)
  const [one, other] = await Promise.all([
    createPlace(admin, named('One', null), key()),
    createPlace(admin, named('Other', null), key()),
  ])
  const second = await again('admin2@aurora.example')
  const answers = await Promise.allSettled([
    changePlace(admin, one.id, draft('One', other.id), key()),
    changePlace(second, other.id, draft('Other', one.id), key()),
  ])
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('one with assets goes only with a target, and every number follows', async () => {
  const [france, germany] = [await idOf('France'), await idOf('Germany')]
  const contents = async (id: number) => (await placesOf(admin)).find((place) => place.id === id)?.contents
  const [from, to] = [await contents(france), await contents(germany)]
  const total = from ? totalOf(from) : 0
  expect(from?.devices).toBeGreaterThan(0)
  await refused(deletePlace(admin, france, null, key()), Invalid)
  await refused(deletePlace(admin, france, france, key()), NotFound)
  await refused(deletePlace(admin, await idOf('EMEA'), germany, key()), Invalid)
  await refused(deletePlace(admin, await idOf('DEFAULT'), germany, key()), Invalid)
  await deletePlace(admin, france, germany, key())
  expect(await contents(germany)).toEqual(
    Object.fromEntries(Object.entries(to ?? {}).map(([kind, n]) => [kind, n + (from?.[kind as 'devices'] ?? 0)])),
  )
  expect(await drift()).toEqual([])
  const event = await newest()
  expect(event).toMatchObject({
    type: 'virtual-accounts.deleted',
    detail: expect.objectContaining({ target: germany }),
  })
  const [items] = await demo.owner<
    { n: number }[]
  >`select count(*)::int as n from change_items where change_set_id = ${event?.['change_set_id']}`
  // PAKs are in no list, but go along.
  expect(items?.n).toBeGreaterThan(total)
  expect(await demo.owner`select 1 from role_assignments where virtual_account_id = ${france}`).toEqual([])
  expect(await demo.owner`select * from app.broken_events()`).toEqual([])
})

test('there is one default, which stays and stays open', async () => {
  const [old, lab, americas] = [await idOf('DEFAULT'), await idOf('Lab'), await idOf('Americas')]
  await refused(makeDefault(admin, lab, key()), Invalid)
  await refused(changePlace(admin, old, draft('DEFAULT', null, { isRestricted: true }), key()), Invalid)
  await makeDefault(admin, americas, key())
  await refused(makeDefault(admin, americas, key()), Conflict)
  const defaults =
    await demo.owner`select name from virtual_accounts v where is_default and smart_account_id = ${admin.account.id}`
  expect(defaults).toEqual([{ name: 'Americas' }])
  await makeDefault(admin, old, key())
})

test('administrators of a Virtual Account plan what is nested in theirs, and nothing else', async () => {
  const [emea, germany, americas] = [await idOf('EMEA'), await idOf('Germany'), await idOf('Americas')]
  const vaAdmin = await again('va-admin@aurora.example')
  const made = await createPlace(vaAdmin, named('Poland', germany), key())
  const mine = await again('va-admin@aurora.example')
  await changePlace(mine, made.id, draft('Poland', emea, { tags: { a: 'b' } }), key())
  await refused(createPlace(mine, named('Top', null), key()), NotFound)
  await refused(createPlace(mine, named('Elsewhere', americas), key()), NotFound)
  await refused(changePlace(mine, emea, draft('EMEA', null), key()), NotFound)
  await refused(changePlace(mine, made.id, draft('Poland', americas), key()), NotFound)
  await refused(makeDefault(mine, made.id, key()), NotFound)
  await refused(deletePlace(mine, made.id, americas, key()), NotFound)
  await deletePlace(mine, made.id, null, key())
  await refused(deletePlace(mine, americas, germany, key()), NotFound)
})

test.each(['user@aurora.example', 'viewer@aurora.example', 'va-user@aurora.example'])(
  '%s plans nothing',
  async (email) => {
    const viewer = await again(email)
    const germany = await idOf('Germany')
    await refused(createPlace(viewer, named('Mine', germany), key()), NotFound)
    await refused(changePlace(viewer, germany, draft('Mine', null), key()), NotFound)
    await refused(deletePlace(viewer, germany, null, key()), NotFound)
    const params = Promise.resolve({ domain: AURORA, place: String(germany) })
    await expect(VirtualAccountPage({ params })).rejects.toMatchObject(NOT_FOUND)
  },
)
