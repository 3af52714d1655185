import { normalEmail, organisationOf } from './email-address'

test.each([
  ['Ann@Person.Test', 'ann@person.test'],
  ['  ann@person.test ', 'ann@person.test'],
  ['ａｎｎ＠person.test', 'ann@person.test'],
  ['jörg@person.test', 'jörg@person.test'],
])('%s is stored as %s', (text, email) => expect(normalEmail(text)).toBe(email))

test.each([
  'ann',
  'ann@',
  '@person.test',
  'ann@person',
  'ann@b@person.test',
  'ann＠b@person.test',
  'a nn@person.test',
  '"ann"@person.test',
  "o'brien@person.test",
  'ann@person.test,bob@person.test',
  'Ann <ann@person.test>',
  'ann@person.test\r\nBcc: x@y.test',
  'ann\u0000@person.test',
  'ann@pers\u00ADon.test',
  `${'x'.repeat(65)}@person.test`,
  `x@${'a'.repeat(250)}.test`,
])('%j is no single address', (text) => expect(normalEmail(text)).toBeNull())

test('the organisation is the domain', () => expect(organisationOf('ann@person.test')).toBe('person.test'))
