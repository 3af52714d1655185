import { countryCode, countryName } from './countries'

test.each([
  ['US', 'US'],
  ['us', 'US'],
  ['United States', 'US'],
  ['USA', 'US'],
  ['United Kingdom', 'GB'],
  ['UK', 'GB'],
  ['Germany', 'DE'],
  ['Korea, Republic of', 'KR'],
  ['Türkiye', 'TR'],
  ['Atlantis', null],
  ['ZZ', null],
  ['DD', null],
])('%s is %s', (text, code) => {
  expect(countryCode(text)).toBe(code)
})

test('a code and its name lead to each other', () => {
  for (const code of ['FR', 'JP', 'BR', 'ZA', 'AE', 'CH']) expect(countryCode(countryName(code))).toBe(code)
})
