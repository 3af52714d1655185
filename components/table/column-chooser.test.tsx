import { fireEvent, render, screen } from '@testing-library/react'
import { ColumnChooser } from './column-chooser'

const all = ['name', 'serial', 'pid', 'country'].map((name) => ({ name, label: name.toUpperCase() }))
const layout = { columns: ['pid', 'name'], density: 'compact' as const }

const show = () => render(<ColumnChooser all={all} layout={layout} save={async () => undefined} />)
/** What the form would send. */
const sent = () => new FormData(document.querySelector<HTMLFormElement>('#column-form') ?? undefined)

test('the columns that are shown come first, in their order, and are what is sent', () => {
  show()
  expect(screen.getAllByRole('checkbox').map((box) => box.getAttribute('value'))).toEqual([
    'pid',
    'name',
    'serial',
    'country',
  ])
  expect(sent().getAll('column')).toEqual(['pid', 'name'])
  expect(sent().get('density')).toBe('compact')
})

test('a column is shown, hidden and moved by buttons, and the move is said', () => {
  show()
  fireEvent.click(screen.getByLabelText('COUNTRY'))
  fireEvent.click(screen.getByLabelText('PID'))
  expect(sent().getAll('column')).toEqual(['name', 'country'])
  fireEvent.click(screen.getByRole('button', { name: 'Move COUNTRY up' }))
  fireEvent.click(screen.getByRole('button', { name: 'Move COUNTRY up' }))
  expect(sent().getAll('column')).toEqual(['country', 'name'])
  expect(screen.getByRole('status')).toHaveTextContent('COUNTRY is now at place 2 of 4.')
})

test('a column is moved by dragging it over another', () => {
  show()
  const item = (label: string) => screen.getByLabelText(label).closest('li') ?? document.body
  fireEvent.dragStart(item('NAME'))
  fireEvent.dragOver(item('PID'))
  fireEvent.dragEnd(item('NAME'))
  expect(sent().getAll('column')).toEqual(['name', 'pid'])
})

test('the ends of the way are ends, and one column always stays', () => {
  show()
  fireEvent.click(screen.getByRole('button', { name: 'Move PID up' }))
  fireEvent.click(screen.getByRole('button', { name: 'Move COUNTRY down' }))
  expect(sent().getAll('column')).toEqual(['pid', 'name'])
  fireEvent.click(screen.getByLabelText('PID'))
  fireEvent.click(screen.getByLabelText('NAME'))
  expect(sent().getAll('column')).toEqual(['name'])
})

test('finding narrows what is seen, not what is sent', () => {
  show()
  fireEvent.change(screen.getByLabelText('Find a column'), { target: { value: 'ser' } })
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
  expect(sent().getAll('column')).toEqual(['pid', 'name'])
})
