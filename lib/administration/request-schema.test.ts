import { isWithin, requestForm } from './request-schema'

test.each([
  ['sa_viewer', 'sa_admin', true],
  ['va_user', 'sa_user', true],
  ['va_viewer', 'va_viewer', true],
  ['sa_approver', 'sa_approver', true],
  ['sa_user', 'sa_viewer', false],
  ['va_admin', 'sa_viewer', false],
  ['sa_viewer', 'va_admin', false],
  ['sa_approver', 'sa_admin', false],
  ['va_viewer', 'sa_approver', false],
] as const)('%s where %s was asked for: %s', (given, asked, is) => expect(isWithin(given, asked)).toBe(is))

const read = (fields: Record<string, string>) =>
  requestForm('corp.example').safeParse({
    domain: 'corp.example',
    role: 'va_user',
    places: 'Lab',
    reason: 'x',
    ...fields,
  })
const problems = (fields: Record<string, string>) => read(fields).error?.issues.map(({ message }) => message)

test('names of Virtual Accounts are taken apart, each once', () => {
  expect(read({ places: ' Lab, EMEA;Lab\nÅrhus ' }).data?.places).toEqual(['Lab', 'EMEA', 'Århus'])
  expect(read({ domain: ' CORP.Example ' }).data?.domain).toBe('corp.example')
})

test('a role and its places belong together, and an Approver to the organization', () => {
  expect(problems({ places: '' })).toEqual(['Virtual Account User is a role in Virtual Accounts. Name them.'])
  expect(problems({ role: 'sa_user' })?.[0]).toMatch(/^Smart Account User is a role over the whole account/)
  expect(problems({ role: 'sa_approver', places: '', domain: 'other.example' })?.[0]).toMatch(/must end in @other/)
  expect(problems({ domain: 'nodots' })).toEqual(['The domain of the account looks like corp.example.'])
  expect(problems({ reason: ' ' })).toEqual(['Write the reason.'])
  expect(problems({ reason: 'a\u0000b' })).toEqual(['There are characters in the reason that are no text.'])
})
