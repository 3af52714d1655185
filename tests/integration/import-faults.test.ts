import RunPage from '@/app/accounts/[domain]/administration/imports/[run]/page'
import { checkFile } from '@/app/accounts/[domain]/administration/imports/actions'
import ImportsPage from '@/app/accounts/[domain]/administration/imports/page'
import { applyImport } from '@/lib/importing/changes'
import { checksum, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }

async function waitUntil(isSo: () => Promise<boolean>) {
  for (let tries = 0; tries < 100; tries++) {
    if (await isSo()) return
    await new Promise((done) => setTimeout(done, 40))
  }
  throw new Error('It never came to that.')
}

test('an import that is ended in the middle has done nothing, and goes through when it is sent again', async () => {
  await scene.bring(deviceFile([someDevice('701')]))
  const { runId } = await scene.check(deviceFile([someDevice('701', { 'Device Name': 'renamed' }), someDevice('702')]))
  const before = await checksum(scene.owner, AURORA)
  await scene.owner.begin(async (holder) => {
    await holder`select 1 from devices where instance_number = '701' for update`
    const applying = applyImport(scene.admin, runId).then(
      () => 'applied',
      () => 'failed',
    )
    await waitUntil(async () => {
      const cut = await scene.owner`
        select pg_cancel_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'license_central_app' and wait_event_type = 'Lock'`
      return cut.length > 0
    })
    expect(await applying).toBe('failed')
  })
  expect(await checksum(scene.owner, AURORA)).toBe(before)
  expect(await applyImport(scene.admin, runId)).toMatchObject({ added: 1, changed: 1 })
  expect(await scene.device('701')).toMatchObject({ name: 'renamed' })
})

test('when the event cannot be written, nothing is', async () => {
  const { runId } = await scene.check(deviceFile([someDevice('710', { 'Product Number': 'ZZ-FAULT' })]))
  const before = await checksum(scene.owner, AURORA)
  await scene.owner`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no events today'; end $$`
  await scene.owner`create trigger refuse before insert on events for each row execute function refuse()`
  await expect(applyImport(scene.admin, runId)).rejects.toThrow()
  await scene.owner`drop trigger refuse on events`
  expect(await checksum(scene.owner, AURORA)).toBe(before)
  expect(await applyImport(scene.admin, runId)).toMatchObject({ added: 1 })
})

test.each([
  ['user@aurora.example', AURORA],
  ['va-admin@aurora.example', AURORA],
  ['admin@borealis.example', AURORA],
  ['stranger@harbor.example', AURORA],
])('for %s there is no import page in %s, no run and no action', async (email, domain) => {
  const { runId } = await scene.check(deviceFile([someDevice('720')]))
  await scene.viewer(email, domain).catch(() => undefined)
  const form = new FormData()
  form.set('format', 'lc-devices')
  form.set('file', new File([Buffer.from(deviceFile([someDevice('721')]))], 'devices.csv'))
  const before = await checksum(scene.owner, AURORA)
  await expect(ImportsPage({ params: Promise.resolve({ domain }) })).rejects.toMatchObject(NOT_FOUND)
  const run = RunPage({ params: Promise.resolve({ domain, run: String(runId) }), searchParams: Promise.resolve({}) })
  await expect(run).rejects.toMatchObject(NOT_FOUND)
  await expect(checkFile(domain, { problems: [] }, form)).rejects.toMatchObject(NOT_FOUND)
  expect(await checksum(scene.owner, AURORA)).toBe(before)
})

test('the action tells what is wrong, and leads an administrator to the preview', async () => {
  await scene.viewer('admin@aurora.example', AURORA)
  const send = (format: string, content: string | Uint8Array) => {
    const form = new FormData()
    form.set('format', format)
    form.set('file', new File([Buffer.from(content)], 'devices.csv'))
    return checkFile(AURORA, { problems: [] }, form)
  }
  expect(await send('nothing', 'a')).toMatchObject({ problems: ['Choose what kind of file it is.'] })
  expect(await send('lifecycle', '')).toMatchObject({ problems: ['The file is empty.'], format: 'lifecycle' })
  await expect(send('lc-devices', deviceFile([someDevice('730')]))).rejects.toMatchObject({
    digest: expect.stringMatching(/^NEXT_REDIRECT;.*\/accounts\/aurora\.example\/administration\/imports\/\d+;/),
  })
})
