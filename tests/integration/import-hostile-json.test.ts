import { gzipSync } from 'node:zlib'
import { applyImport } from '@/lib/importing/changes'
import { coverageAnswer, coverageRecord, eoxAnswer, eoxRecord, licenseRecord, licensesAnswer } from '../support/answers'
import { checksum, deviceFile, someDevice } from '../support/device-file'
import { leavesOutRows, MEGABYTE, noise, refusesAll } from '../support/hostile'
import { ImportScene } from '../support/import-scene'
import { installed, workbook } from '../support/workbooks'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const bytes = (text: string) => Buffer.from(text)
const good = eoxAnswer([eoxRecord('ZZ-1', '2030-01-31')]).toString()
const list = (records: string) => bytes(`{"EOXRecord": [${records}]}`)

refusesAll(scene, 'eox', [
  ['nothing', () => bytes(''), 'The file is empty.'],
  ['blanks', () => bytes(' \n\n '), 'The file is empty.'],
  [
    'JSON of 200 MB',
    () => Buffer.alloc(200 * MEGABYTE, '['),
    'The file is larger than 30 MB. Split it into several files.',
  ],
  ['deep lists', () => bytes('['.repeat(28 * MEGABYTE)), 'Line 1 is nested deeper than 32 levels.'],
  ['deep objects in a record', () => list(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), /nested deeper/],
  ['a file that was cut', () => bytes(good.slice(0, -30)), /^The file ends in the middle/],
  [
    'a string that is never closed',
    () => bytes(`{"EOXRecord": [{"EOLProductID": "${'x'.repeat(20 * MEGABYTE)}`),
    /^The file ends in the middle/,
  ],
  [
    '28 MB of escapes',
    () => bytes(`{"EOXRecord": [{"a": "${'\\'.repeat(28 * MEGABYTE)}`),
    /^The file ends in the middle/,
  ],
  ['brackets that do not match', () => bytes('{"EOXRecord": [{]}'), /^Line 1 closes a bracket/],
  ['a record that is not JSON', () => list('{"EOLProductID": NaN}'), 'The record in line 1 is not valid JSON.'],
  ['no comma between records', () => list('{"a": 1} {"a": 2}'), 'The file is not valid JSON.'],
  ['more than one value', () => bytes(`${good}${good}`), 'The file is not valid JSON.'],
  ['numbers where records should be', () => list('1, 2, 3'), 'Line 1 has something else where a record should be.'],
  ['lists where records should be', () => list('[1], [2]'), 'Line 1 has something else where a record should be.'],
  ['a list that is none', () => bytes('{"EOXRecord": {"EOLProductID": "ZZ-1"}}'), 'The file has no list “EOXRecord”.'],
  ['an empty list', () => list(''), 'The list “EOXRecord” holds no records.'],
  [
    'an error of the service',
    () => bytes('{"error": "invalid_client", "error_description": "no such client"}'),
    /holds an error instead of data: no such client/,
  ],
  [
    'a million fields',
    () =>
      list(
        Array.from(
          { length: 1000 },
          (_, n) => `{${Array.from({ length: 1000 }, (_, m) => `"f${n * 1000 + m}":1`).join(',')}}`,
        ).join(','),
      ),
    /has more than 200 fields/,
  ],
  [
    'a record of 20 MB',
    () => list(`{"a": "${'x'.repeat(20 * MEGABYTE)}"}`),
    'The record in line 1 is too long to be one.',
  ],
  [
    '20 MB besides the records',
    () => bytes(`{"x": "${'x'.repeat(20 * MEGABYTE)}", "EOXRecord": [{"EOLProductID": "A"}]}`),
    'The file holds too much besides its records.',
  ],
  [
    'more than 200,000 records',
    () => list('{"EOLProductID":"A"},'.repeat(200_001).slice(0, -1)),
    /more than 200,000 records/,
  ],
  ['10 million empty records', () => list('{},'.repeat(9 * MEGABYTE).slice(0, -1)), /more than 200,000 records/],
  ['UTF-16', () => Buffer.from(`\ufeff${good}`, 'utf16le'), /UTF-16/],
  [
    'Latin-1',
    () => Buffer.from(good.replace('A switch', 'Köln'), 'latin1'),
    /^Line \d+ holds characters that are not UTF-8/,
  ],
  ['NUL bytes', () => bytes(good.replace('A switch', '\u0000')), /holds NUL bytes/],
  ['a CSV file', () => deviceFile([someDevice('1')]), /^This is not a JSON file/],
  ['a web page', () => bytes('<html>Sign in</html>'), /web page/],
  ['a workbook', () => workbook([installed('1')]), /Excel workbook .* A JSON file is needed here/],
  ['gzip', () => gzipSync(good), /compressed/],
  ['bytes without sense', () => Buffer.concat([bytes('['), noise(MEGABYTE)]), /NUL bytes|not UTF-8|not a JSON/],
  ['records of another service', () => licensesAnswer([licenseRecord()]), 'The file has no list “EOXRecord”.'],
  [
    'records without a product',
    () => list('{"LastDateOfSupport": {"value": "2030-01-31"}}'),
    'The file lacks the field “EOLProductID”.',
  ],
  [
    'a field in two spellings',
    () => list('{"EOLProductID": "A", "eolproductid": "B"}'),
    'The field “EOLProductID” stands twice in the records.',
  ],
])

leavesOutRows(scene, 'eox', [
  ['a byte order mark', () => bytes(`\ufeff${good}`), { added: 1, rejected: 0 }],
  [
    'two values for one name',
    () => list('{"EOLProductID": "ZZ-2", "EOLProductID": "ZZ-3"}'),
    { added: 0, rejected: 1 },
    /two values to one name/,
  ],
  [
    'a date that is none',
    () => eoxAnswer([eoxRecord('ZZ-1', 'NaN')]),
    { added: 0, rejected: 1 },
    /LastDateOfSupport “NaN” is not a date/,
  ],
  [
    'escape sequences',
    () => eoxAnswer([eoxRecord('ZZ-1', '2030-01-31', { ProductBulletinNumber: '\u001b]0;x\u0007' })]),
    { added: 0, rejected: 1 },
    /cannot be seen/,
  ],
  [
    'SQL',
    () => eoxAnswer([eoxRecord("x'); drop table devices; --", '2030-01-31')]),
    { added: 0, rejected: 1 },
    /not a product identifier/,
  ],
  [
    'an object where a text should be',
    () => eoxAnswer([eoxRecord('ZZ-1', '2030-01-31', { EOLProductID: { a: 1 } }), eoxRecord('ZZ-2', '2030-01-31')]),
    { added: 1, rejected: 1 },
    /no EOLProductID/,
  ],
])

leavesOutRows(scene, 'licenses', [
  [
    'huge numbers',
    () => bytes('{"licenses": [{"license": "A", "virtualAccount": "DEFAULT", "inUse": 0, "quantity": 1e400}]}'),
    { added: 0, rejected: 1 },
    /too long to be read exactly/,
  ],
  [
    'more than fits',
    () => licensesAnswer([licenseRecord({ quantity: 9_999_999_999 })]),
    { added: 0, rejected: 1 },
    /not a whole number/,
  ],
  [
    'less than nothing and halves',
    () => licensesAnswer([licenseRecord({ quantity: -5 }), licenseRecord({ license: 'B', inUse: 0.5 })]),
    { added: 0, rejected: 2 },
    /not a whole number/,
  ],
  [
    'a text for details',
    () => licensesAnswer([licenseRecord({ licenseDetails: 'all of it' })]),
    { added: 0, rejected: 1 },
    /not a list of records/,
  ],
  [
    'numbers for details',
    () => licensesAnswer([licenseRecord({ licenseDetails: [1, 2] })]),
    { added: 0, rejected: 1 },
    /not a list of records/,
  ],
])

test('forged fields, polluted prototypes and ids of another account change nothing but what the file is about', async () => {
  const others = ['borealis.example', 'cobalt.example', 'delta.example']
  const sums = () => Promise.all(others.map((domain) => checksum(scene.owner, domain)))
  const before = await sums()
  const [foreign] = await scene.owner`
    select d.serial_number, d.pid, d.id, a.id as account from devices d join smart_accounts a on a.id = d.smart_account_id
    where a.domain = 'borealis.example' and d.serial_number is not null limit 1`
  const forged = {
    id: foreign?.['id'],
    smart_account_id: foreign?.['account'],
    smartAccountId: foreign?.['account'],
    version: 99,
    source: 'forged',
    event: { type: 'roles.granted' },
    constructor: { prototype: { isAdmin: true } },
  }
  const polluted = JSON.stringify(licenseRecord({ license: 'Forged', ...forged })).replace(
    /^\{/,
    '{"__proto__": {"isAdmin": true}, ',
  )
  const run = await scene.check(bytes(`{"licenses": [${polluted}]}`), 'licenses')
  expect(await applyImport(scene.admin, run.runId)).toMatchObject({ added: 1 })
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  const made = await scene.owner`select source, version, smart_account_id from licenses where name = 'Forged'`
  expect(made).toEqual([
    { source: 'Smart Licensing inventory', version: 1, smart_account_id: String(scene.admin.account.id) },
  ])

  const coverage = coverageRecord(String(foreign?.['serial_number']), {
    ...forged,
    base_pid_list: [{ base_pid: foreign?.['pid'] }],
  })
  expect(await scene.check(coverageAnswer([coverage]), 'coverage')).toMatchObject({ changed: 0, rejected: 1 })
  expect(await sums()).toEqual(before)
})
