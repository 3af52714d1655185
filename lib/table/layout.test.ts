import { devices } from '@/lib/resources/devices'
import { defaultLayout, layoutOf } from './layout'

const initial = defaultLayout(devices)

test('everybody starts with the columns that are not hidden, about ten', () => {
  expect(initial.columns[0]).toBe('name')
  expect(initial.columns).not.toContain('description')
  expect(initial.columns.length).toBeLessThanOrEqual(12)
})

test('a kept layout holds, its order too', () => {
  expect(layoutOf(devices, { columns: ['ldos', 'serial'], density: 'compact' })).toEqual({
    columns: ['ldos', 'serial'],
    density: 'compact',
  })
})

test('columns that the table does not have are dropped, and so are repetitions', () => {
  const kept = { columns: ['serial', 'gone', 'toString', 'serial', '__proto__', 'pid'], density: 'default' }
  expect(layoutOf(devices, kept).columns).toEqual(['serial', 'pid'])
})

test.each([
  undefined,
  null,
  'x',
  [],
  {},
  { columns: ['gone'], density: 'default' },
  { columns: ['pid'], density: 'huge' },
])('what is no layout is the first one: %j', (kept) => {
  expect(layoutOf(devices, kept)).toEqual(initial)
})
