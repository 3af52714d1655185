import { readPeople } from './people-list'

const emails = (text: string) => readPeople(text, 'corp.example').map(({ email }) => email)

test.each([
  ['commas', 'a@corp.example, b@corp.example'],
  ['semicolons', 'a@corp.example;b@corp.example;'],
  ['lines', 'a@corp.example\r\n\r\nb@corp.example\n'],
  ['names', 'Ann <A@Corp.example>, Bob Smith <b@corp.example>'],
  ['CSV', 'Name,E-mail,Role\n"Lee, Ann",a@corp.example,x\nBob,b@corp.example,y'],
  ['CSV with semicolons', 'email;name\na@corp.example;Ann\nb@corp.example;Bob'],
  ['twice the same', 'a@corp.example, A@CORP.example, b@corp.example'],
])('a list with %s', (_, text) => {
  expect(emails(text)).toEqual(['a@corp.example', 'b@corp.example'])
})

test('what is no address is kept as it was typed, to be told', () => {
  expect(readPeople('a@corp.example, no body, x@y', 'corp.example')).toEqual([
    { typed: 'a@corp.example', email: 'a@corp.example' },
    { typed: 'no body', email: null },
    { typed: 'x@y', email: null },
  ])
})

test('a character that becomes a second @ is no address', () => {
  expect(emails('a@corp.example\uFF20evil.example')).toEqual([null])
})

test('nothing is nobody', () => {
  expect(readPeople(' \n , ', 'corp.example')).toEqual([])
})

test('an ID is somebody of the organization', () => {
  expect(emails('A.Lee, b_smith@corp.example')).toEqual(['a.lee@corp.example', 'b_smith@corp.example'])
  expect(emails('User ID,Name\nalee,Ann Lee\n')).toEqual(['alee@corp.example'])
})
