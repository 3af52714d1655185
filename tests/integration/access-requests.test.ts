import { asUser } from '@/lib/access/database'
import { getPerson } from '@/lib/access/signed-in'
import type { Person, Viewer } from '@/lib/access/viewer'
import { accountsOfOrganisation, askAccess, askedBy, withdrawRequest } from '@/lib/administration/ask-access'
import { approveRequest, declineRequest, reviewRequest } from '@/lib/administration/decide-request'
import type { RequestDraft } from '@/lib/administration/request-schema'
import { requestOf, requestsOf } from '@/lib/administration/requests'
import type { RoleDraft } from '@/lib/administration/schema'
import { changeSettings, settingsOf } from '@/lib/administration/settings'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { devices } from '@/lib/resources/devices'
import { countWhole } from '@/lib/table/figures'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { signInAs, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
jest.setTimeout(120_000)

const AURORA = 'aurora.example'
let demo: DemoScene
let admin: Viewer
let admin2: Viewer
let vaAdmin: Viewer

beforeAll(async () => {
  demo = await openDemo(300)
  admin = await viewerOf(demo.owner, 'admin@aurora.example', AURORA)
  admin2 = await viewerOf(demo.owner, 'admin2@aurora.example', AURORA)
  vaAdmin = await viewerOf(demo.owner, 'va-admin@aurora.example', AURORA)
}, 120_000)
afterAll(() => closeDemo(demo))

const key = () => crypto.randomUUID()
const place = (name: string) => admin.virtualAccounts.find((va) => va.name === name)?.id ?? 0
const person = async (email: string): Promise<Person> => {
  await demo.owner`insert into users (email, name, organisation) values (${email}, ${email}, ${email.split('@')[1] ?? ''}) on conflict do nothing`
  await signInAs(demo.owner, email)
  return getPerson()
}
const wish = (more: Partial<RequestDraft> = {}): RequestDraft => ({
  ...{ domain: AURORA, role: 'va_user', places: ['germany'], reason: 'Roll-out', ...more },
})
const draft = (role: RoleDraft['role'], virtualAccountId: number | null): RoleDraft => ({
  ...{ role, virtualAccountId, includesNested: false, lastDay: null, purpose: '' },
})
const newest = async (email: string) =>
  (
    await demo.owner<
      { id: number }[]
    >`select q.id::int from access_requests q join users u on u.id = q.user_id where u.email = ${email} order by q.id desc limit 1`
  )[0]?.id ?? 0
const counts = async () =>
  (
    await demo.owner`select (select count(*)::int from access_requests) as requests, (select count(*)::int from events) as events,
    (select count(*)::int from outbox) as mails, (select count(*)::int from role_assignments) as roles`
  )[0]

test('whether there is such an account is not told by what is answered', async () => {
  const ada = await person('ada@elsewhere.example')
  const before = await counts()
  await askAccess(ada, wish(), key())
  await askAccess(ada, wish({ domain: 'no-such.example' }), key())
  const shown = (await askedBy(ada)).map(({ id: _, domain: __, ...rest }) => rest)
  expect(shown[0]).toEqual({ ...shown[1] })
  for (const domain of [AURORA, 'no-such.example'])
    await expect(askAccess(ada, wish({ domain }), key())).rejects.toBeInstanceOf(Conflict)
  const after = await counts()
  // One event, and a mail to each of the two administrators of the account that there is.
  expect([after?.['requests'] - before?.['requests'], after?.['events'] - before?.['events']]).toEqual([2, 1])
  expect(after?.['mails'] - before?.['mails']).toBe(2)
  for (const { id } of await askedBy(ada)) await withdrawRequest(ada, id)
  expect((await askedBy(ada)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn'])
  await expect(withdrawRequest(ada, await newest('ada@elsewhere.example'))).rejects.toBeInstanceOf(NotFound)
})

test('fifty of one form make one request; many requests are held back', async () => {
  const bo = await person('bo@elsewhere.example')
  const before = await counts()
  const one = key()
  await Promise.all(Array.from({ length: 50 }, () => askAccess(bo, wish(), one)))
  const after = await counts()
  // The mail is to each of the two administrators.
  expect(['requests', 'events', 'mails'].map((name) => after?.[name] - before?.[name])).toEqual([1, 1, 2])
  for (let nth = 0; nth < 9; nth++) await askAccess(bo, wish({ domain: `none-${nth}.example` }), key())
  await expect(askAccess(bo, wish({ domain: 'none-9.example' }), key())).rejects.toBeInstanceOf(Invalid)
})

test('the clock does not tell an account that there is from one that there is not', async () => {
  const ida = await person('ida@elsewhere.example')
  const timed = async (work: Promise<unknown>) => {
    const began = performance.now()
    await work
    return performance.now() - began
  }
  const timesOf = async (domains: string[]) => {
    const asked: number[] = []
    for (const domain of domains) asked.push(await timed(askAccess(ida, wish({ domain }), key())))
    return asked
  }
  const real = await timesOf([AURORA, 'borealis.example', 'cobalt.example', 'delta.example'])
  const unknown = await timesOf(['no-1.example', 'no-2.example', 'no-3.example', 'no-4.example'])
  const taken = { real: [] as number[], unknown: [] as number[] }
  for (const { id, domain } of await askedBy(ida))
    taken[domain.startsWith('no-') ? 'unknown' : 'real'].push(await timed(withdrawRequest(ida, id)))
  // What there is to do for an account that there is takes a tenth of a step: no answer comes before the whole of one.
  for (const times of [real, unknown, taken.real, taken.unknown]) {
    expect(times).not.toEqual([])
    expect(Math.min(...times)).toBeGreaterThanOrEqual(198)
  }
})

test('what is reviewed is what whoever asked then sees, and no more than they asked for; they are told', async () => {
  const email = 'cy@elsewhere.example'
  const cy = await person(email)
  await askAccess(cy, wish({ places: ['Germany', 'nowhere at all'] }), key())
  const id = await newest(email)
  expect((await requestOf(admin, id))?.virtualAccountIds).toEqual([place('Germany')])
  await expect(reviewRequest(admin, id, [draft('va_admin', place('Germany'))])).rejects.toBeInstanceOf(Invalid)
  await expect(approveRequest(admin, id, [draft('sa_viewer', null)], key())).rejects.toBeInstanceOf(Invalid)
  const given = [draft('va_viewer', place('Germany')), draft('va_viewer', place('France'))]
  const { people } = await reviewRequest(admin, id, given)
  const before = await counts()
  const one = key()
  await Promise.all(Array.from({ length: 50 }, () => approveRequest(admin, id, given, one)))
  const after = await counts()
  const differences = ['events', 'mails', 'roles'].map((name) => after?.[name] - before?.[name])
  expect(differences).toEqual([3, 1, 2])
  const viewer = await viewerOf(demo.owner, email, AURORA)
  const sees = await asUser(viewer, (reader) => countWhole(reader, devices, viewer))
  expect(sees).toBe(people[0]?.tabs[0]?.after)
  expect(await askedBy(cy)).toMatchObject([{ state: 'approved', answer: '' }])
  const [mail] =
    await demo.owner`select recipient, payload::text as said from outbox where kind = 'access-answer' order by id desc limit 1`
  expect(mail?.['recipient']).toBe(email)
  expect(mail?.['said']).toContain('Virtual Account Viewer: EMEA › Germany')
  expect(await demo.owner`select * from app.broken_events()`).toEqual([])
})

test('two approvers at the same instant: one decides, the other is told', async () => {
  const dee = await person('dee@elsewhere.example')
  await askAccess(dee, wish(), key())
  const id = await newest('dee@elsewhere.example')
  const answers = await Promise.allSettled([
    approveRequest(admin, id, [draft('va_user', place('Germany'))], key()),
    declineRequest(admin2, id, 'Not now', key()),
  ])
  const lost = answers.filter((answer) => answer.status === 'rejected')
  expect(lost).toHaveLength(1)
  expect(lost[0]?.reason).toBeInstanceOf(Conflict)
  expect(String(lost[0]?.reason)).toMatch(/Somebody was faster: this request is (approved|declined) already/)
  const [asked] = await askedBy(dee)
  expect(asked?.answer).toBe(asked?.state === 'declined' ? 'Not now' : '')
})

test('Virtual Account Administrators decide what is for their own, where the account says so', async () => {
  const eve = await person('eve@elsewhere.example')
  await askAccess(eve, wish(), key())
  const mine = await newest('eve@elsewhere.example')
  const flo = await person('flo@elsewhere.example')
  await askAccess(flo, wish({ places: ['Germany', 'Lab'] }), key())
  const wide = await newest('flo@elsewhere.example')
  expect(await requestsOf(vaAdmin)).toEqual([])
  await expect(declineRequest(vaAdmin, mine, '', key())).rejects.toBeInstanceOf(NotFound)
  const { settings } = await settingsOf(admin)
  await changeSettings(admin, settings, { ...settings, virtualAdminsManageUsers: true }, key())
  const found = (await requestsOf(vaAdmin)).map(({ id }) => id)
  expect([found.includes(mine), found.includes(wide)]).toEqual([true, false])
  await expect(reviewRequest(vaAdmin, wide, [draft('va_user', place('Germany'))])).rejects.toBeInstanceOf(NotFound)
  await expect(approveRequest(vaAdmin, wide, [draft('va_user', place('Germany'))], key())).rejects.toBeInstanceOf(
    NotFound,
  )
  await expect(approveRequest(vaAdmin, mine, [draft('va_user', place('Lab'))], key())).rejects.toBeInstanceOf(NotFound)
  await approveRequest(vaAdmin, mine, [draft('va_user', place('Germany'))], key())
  expect((await viewerOf(demo.owner, 'eve@elsewhere.example', AURORA)).virtualAccounts).toHaveLength(1)
})

test('colleagues learn of their own account and its administrators among them; others of nothing', async () => {
  const gus = await person('gus@aurora.example')
  const [own] = await accountsOfOrganisation(gus)
  expect([own?.domain, own?.administrators.map(({ email }) => email).sort()]).toEqual([
    AURORA,
    ['admin2@aurora.example', 'admin@aurora.example'],
  ])
  expect(await accountsOfOrganisation(await person('hal@elsewhere.example'))).toEqual([])
})
