import { attachment, contentType, fileName, safeName, uniqueNames } from './file-names'

test('a title becomes a name that every file system takes', () => {
  expect(fileName('Certificate 103 line 1.0: Advantage', 'a/b.PDF')).toBe('Certificate 103 line 1.0 Advantage.pdf')
  expect(safeName('../../etc/passwd\r\nX: 1')).toBe('etc passwdX 1')
  expect(safeName('\u202egnp.exe')).toBe('gnp.exe')
  expect(safeName('...')).toBe('file')
  expect(safeName('CON')).toBe('file CON')
  expect([...safeName('😀'.repeat(300))]).toHaveLength(120)
})

test('the header of a name has no way out', () => {
  const header = attachment('a"; filename=b\\ 50% ü.pdf')
  expect(header).toBe(
    `attachment; filename="a_; filename=b_ 50_ _.pdf"; filename*=UTF-8''a%22%3B%20filename%3Db%5C%2050%25%20%C3%BC.pdf`,
  )
  expect(header).toMatch(/^[\x20-\x7e]+$/)
})

test('names in one folder are unique', () => {
  expect(uniqueNames(['a.txt', 'A.txt', 'a.txt', 'b', 'a (2).txt'])).toEqual([
    'a.txt',
    'A (2).txt',
    'a (3).txt',
    'b',
    'a (2) (2).txt',
  ])
})

test('what is not known is bytes', () => {
  expect([contentType('a.pdf'), contentType('a.html'), contentType('a')]).toEqual([
    'application/pdf',
    'application/octet-stream',
    'application/octet-stream',
  ])
})
