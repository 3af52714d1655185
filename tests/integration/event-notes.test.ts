import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { addNote as addNoteAction } from '@/app/accounts/[domain]/events/actions'
import { addNote } from '@/lib/changes/notes'
import { Conflict, NotFound } from '@/lib/errors'
import { loadDevice } from '@/lib/resources/device-detail'
import { devices } from '@/lib/resources/devices'
import { loadEvent } from '@/lib/resources/event-detail'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog, events } from '@/lib/resources/events'
import { loadTable } from '@/lib/table/load'
import { parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { signInAs, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }

let demo: DemoScene
let owner: postgres.Sql
/** A device of Germany, and an event on it that touches Germany alone. */
let device: number
let seq: number

beforeAll(async () => {
  demo = await openDemo(400)
  owner = demo.owner
  const [made] = await owner<{ seq: number; device: number }[]>`
    insert into events (smart_account_id, type, actor_kind, subject, subject_id, virtual_account_ids, detail)
    select d.smart_account_id, 'devices.assigned', 'operator', 'device', d.id, array[v.id], '{}'
    from devices d join virtual_accounts v on v.smart_account_id = d.smart_account_id and v.id = d.virtual_account_id
    where v.name = 'Germany' order by d.id limit 1 returning seq::int as seq, subject_id::int as device`
  seq = made?.seq ?? 0
  device = made?.device ?? 0
}, 120_000)
afterAll(() => closeDemo(demo))

const viewer = (email: string) => viewerOf(owner, email, AURORA)
const opened = async (email: string, number = seq) =>
  loadEvent(await viewer(email), number, parseTable(events, {}).query, 1)
const countNotes = async () =>
  (await owner<{ n: number }[]>`select count(*)::int as n from events where type = 'events.noted'`)[0]?.n
const draft = (text: string, key: string = randomUUID()) => ({ seq, text, key })

test('a note is an event of its own in the chain, on the page of its event and in the history of the thing', async () => {
  await addNote(await viewer('va-user@aurora.example'), draft('Moved after the audit.'))
  const detail = await opened('admin@aurora.example')
  expect(detail?.notes).toEqual([
    expect.objectContaining({ text: 'Moved after the audit.', by: expect.stringMatching(/\w/) }),
  ])
  const note = await opened('va-user@aurora.example', detail?.notes[0]?.seq)
  expect(note).toMatchObject({
    note: 'Moved after the audit.',
    mayNote: false,
    thing: { kind: 'Event', name: String(seq) },
  })
  const admin = await viewer('admin@aurora.example')
  const shown = await loadDevice(admin, device, parseTable(devices, {}).query)
  expect(shown?.history.find((happening) => happening.seq === seq)?.notes.map(({ text }) => text)).toEqual([
    'Moved after the audit.',
  ])
  const about = { about: `device:${device}`, q: 'after the audit' }
  const { view } = await loadTable(admin, eventLog(await eventNames(admin, about)), about, '/events')
  expect(view.ids).toEqual([detail?.notes[0]?.seq])
  expect(await owner`select * from app.broken_events()`).toEqual([])
})

test('a form that is sent twice, at once or later, adds one note; with other words it is refused', async () => {
  const [user, before] = [await viewer('user@aurora.example'), (await countNotes()) ?? 0]
  const sent = draft('Once is enough.')
  await Promise.all([addNote(user, sent), addNote(user, sent)])
  await addNote(user, sent)
  expect(await countNotes()).toBe(before + 1)
  await expect(addNote(user, { ...sent, text: 'Twice?' })).rejects.toBeInstanceOf(Conflict)
  await addNote(user, draft('Once is enough.'))
  expect(await countNotes()).toBe(before + 2)
})

test.each([
  ['viewer@aurora.example', true],
  ['admin@borealis.example', true],
  ['support@license-central.example', true],
  ['va-viewer@aurora.example', false],
  ['partner@cobalt.example', false],
])('%s adds none and leaves none', async (email, sees) => {
  const [reader, before] = [await viewer(email), await countNotes()]
  expect((await opened(email))?.mayNote).toBe(sees ? false : undefined)
  await expect(addNote(reader, draft('Not mine to say.'))).rejects.toBeInstanceOf(NotFound)
  await signInAs(owner, email)
  const form = new FormData()
  form.set('note', 'Not mine to say.')
  await expect(addNoteAction(AURORA, seq, randomUUID(), { text: '' }, form)).rejects.toMatchObject(NOT_FOUND)
  expect(await countNotes()).toBe(before)
})

test('what is no note comes back with what is wrong with it', async () => {
  const before = await countNotes()
  await signInAs(owner, 'user@aurora.example')
  const form = new FormData()
  form.set('note', ' \n')
  const said = await addNoteAction(AURORA, seq, randomUUID(), { text: '' }, form)
  expect(said.problem).toMatch(/Write the note/)
  expect(await countNotes()).toBe(before)
})

test('a note has no notes, and nobody changes or takes away one', async () => {
  const admin = await viewer('admin@aurora.example')
  const [note] = await owner<{ seq: number }[]>`select seq::int as seq from events where type = 'events.noted' limit 1`
  await expect(addNote(admin, { ...draft('On a note.'), seq: note?.seq ?? 0 })).rejects.toBeInstanceOf(NotFound)
  await expect(owner`update events set note = 'Other words' where seq = ${note?.seq ?? 0}`).rejects.toThrow(
    /append-only/,
  )
  await expect(owner`delete from events where seq = ${note?.seq ?? 0}`).rejects.toThrow(/append-only/)
})
