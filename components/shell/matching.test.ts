import { matching } from './matching'

const commands = [
  { label: 'Orders', group: 'Pages', href: '/orders', keywords: 'delivery' },
  { label: 'Devices', group: 'Pages', href: '/devices' },
  { label: 'Virtual Accounts', group: 'Administration', href: '/va' },
]
const labels = (words: string, search?: string) => matching(commands, words, search).map(({ label }) => label)

test('nothing typed lists everything, and offers no search for nothing', () => {
  expect(labels('', '/search')).toEqual(['Orders', 'Devices', 'Virtual Accounts'])
})

test('every word must be found, in the label, its group or its further words', () => {
  expect(labels('virtual admin')).toEqual(['Virtual Accounts'])
  expect(labels('virtual orders')).toEqual([])
})

test('a label that begins with the text comes first', () => {
  expect(labels('de')).toEqual(['Devices', 'Orders'])
})

test('the search of the account comes last and carries the text', () => {
  expect(matching(commands, ' FOC 1&2 ', '/search').at(-1)?.href).toBe('/search?q=FOC%201%262')
})
