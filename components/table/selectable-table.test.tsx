import { fireEvent, render, screen, within } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { SelectableTable } from './selectable-table'

const read = jest.fn(async () => ['S1', 'S2'])
const base: ComponentProps<typeof SelectableTable> = {
  columns: [
    { name: 'name', label: 'Host name', kind: 'text', href: '/list?sort=name' },
    { name: 'ldos', label: 'Last date', kind: 'date', href: '/list?sort=-ldos', sorted: 'ascending' },
    {
      name: 'coverage',
      label: 'Coverage',
      kind: 'status',
      href: '/list?sort=coverage',
      tones: { Covered: 'good', Lapsed: 'bad' },
    },
  ],
  ids: [11, 12],
  addresses: ['11', '12'],
  cells: [
    ['core-1', '1 Jan 2027', 'Covered'],
    ['', '', 'Lapsed'],
  ],
  path: '/list',
  search: '?coverage=covered',
  density: 'default',
  total: 6000,
  isCapped: false,
  noun: { one: 'device', many: 'devices' },
  shown: '6,000 devices',
  copy: { label: 'Copy serial numbers', read },
}
const bar = () => screen.findByRole('region', { name: 'Selected rows' })

test('it is a table with a caption, column and row headers, and says how it is sorted', () => {
  render(<SelectableTable {...base} />)
  expect(screen.getByRole('table', { name: '6,000 devices' })).toBeInTheDocument()
  expect(screen.getByRole('columnheader', { name: 'Last date' })).toHaveAttribute('aria-sort', 'ascending')
  expect(screen.getByRole('columnheader', { name: 'Host name' })).not.toHaveAttribute('aria-sort')
  const row = within(screen.getAllByRole('row')[1] ?? document.body)
  expect(row.getByRole('rowheader', { name: 'core-1' })).toBeInTheDocument()
  expect(row.getByRole('link')).toHaveAttribute('href', '/list/11?coverage=covered')
  expect(row.getByText('Covered')).toHaveClass('state', 'tone-good')
})

test('a row without a name still has a link that says which it is', () => {
  render(<SelectableTable {...base} />)
  expect(screen.getByRole('link', { name: /^No host name ?, Lapsed$/ })).toHaveAttribute(
    'href',
    '/list/12?coverage=covered',
  )
})

test('whatever a cell says is shown as text', () => {
  const hostile = ['<img src=x onerror="alert(1)">', '&lt;b&gt;', `"'><script>alert(1)</script>`]
  render(<SelectableTable {...base} ids={[11]} addresses={['"><i>']} cells={[hostile]} />)
  const row = within(screen.getAllByRole('row')[1] ?? document.body)
  for (const text of hostile) expect(row.getByText(text)).toBeInTheDocument()
  expect(document.querySelector('tbody :is(img, script, b, i)')).toBeNull()
})

test('rows are counted as they are chosen, on further pages too', async () => {
  const { rerender } = render(<SelectableTable {...base} />)
  expect(screen.queryByRole('region', { name: 'Selected rows' })).toBeNull()
  fireEvent.click(screen.getByLabelText('core-1'))
  expect(await bar()).toHaveTextContent('1 device selected')
  expect(screen.getByLabelText<HTMLInputElement>('Select the rows of this page').indeterminate).toBe(true)

  rerender(
    <SelectableTable {...base} ids={[13]} cells={[['core-3', '', 'Covered']]} search="?coverage=covered&page=2" />,
  )
  fireEvent.click(screen.getByLabelText('Select the rows of this page'))
  expect(await bar()).toHaveTextContent('2 devices selected')
})

test('all that match can be chosen, and single ones left out', async () => {
  render(<SelectableTable {...base} />)
  fireEvent.click(screen.getByLabelText('core-1'))
  await bar()
  fireEvent.click(screen.getByText('Select all 6,000 that match'))
  expect(await bar()).toHaveTextContent('6,000 devices selected')
  fireEvent.click(screen.getByLabelText('core-1'))
  expect(await bar()).toHaveTextContent('5,999 devices selected')
  fireEvent.click(screen.getByText('Clear selection'))
  expect(screen.queryByRole('region', { name: 'Selected rows' })).toBeNull()
})

test('a number that is not known is not offered', async () => {
  render(<SelectableTable {...base} total={10_000} isCapped />)
  fireEvent.click(screen.getByLabelText('core-1'))
  await bar()
  expect(screen.queryByText(/Select all/)).toBeNull()
})

test('other filters end the selection', async () => {
  const { rerender } = render(<SelectableTable {...base} />)
  fireEvent.click(screen.getByLabelText('core-1'))
  await bar()
  rerender(<SelectableTable {...base} search="?coverage=lapsed" />)
  expect(screen.queryByRole('region', { name: 'Selected rows' })).toBeNull()
})

test('copying takes what was chosen and says how much it was', async () => {
  const writeText = jest.fn(async () => undefined)
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  render(<SelectableTable {...base} />)
  fireEvent.click(screen.getByLabelText('Select the rows of this page'))
  await bar()
  fireEvent.click(screen.getByText('Copy serial numbers'))
  expect(await screen.findByText(/2 copied/)).toBeInTheDocument()
  expect(read).toHaveBeenCalledWith({ search: '?coverage=covered', all: false, ids: [11, 12] })
  expect(writeText).toHaveBeenCalledWith('S1\nS2')
})

test('the chosen rows of the page are copied as they are shown, by a button and by the usual keys', async () => {
  const writeText = jest.fn(async () => undefined)
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  render(<SelectableTable {...base} />)
  fireEvent.click(screen.getByLabelText('core-1'))
  await bar()
  fireEvent.click(screen.getByRole('button', { name: 'Copy cells' }))
  const lines = 'Host name\tLast date\tCoverage\ncore-1\t1 Jan 2027\tCovered'
  expect(await screen.findByText(/1 row copied as shown/)).toBeInTheDocument()
  expect(writeText).toHaveBeenCalledWith(lines)

  const setData = jest.fn()
  const press = (target: Element) => fireEvent.copy(target, { clipboardData: { setData } })
  // Taken by the list: the browser is to copy nothing else.
  expect(press(screen.getByLabelText('core-1'))).toBe(false)
  expect(setData).toHaveBeenCalledWith('text/plain', lines)
  fireEvent.click(screen.getByText('Select all 6,000 that match'))
  press(document.body)
  expect(await screen.findByText(/2 rows copied as shown; the others are on other pages/)).toBeInTheDocument()

  // What a person writes or has marked is copied as ever.
  const field = document.body.appendChild(document.createElement('input'))
  expect(press(field)).toBe(true)
  field.remove()
  fireEvent.click(screen.getByText('Clear selection'))
  expect(press(document.body)).toBe(true)
})
