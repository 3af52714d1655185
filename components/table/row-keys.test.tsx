import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { DataTable } from './data-table'
import { startRowKeys } from './row-keys'

startRowKeys()
Element.prototype.scrollIntoView = () => undefined

const ids = [1, 2, 3, 4]
function List() {
  const [on, setOn] = useState<number[]>([])
  return (
    <DataTable
      columns={[{ name: 'name', label: 'Name', kind: 'text' }]}
      ids={ids}
      addresses={ids.map(String)}
      cells={ids.map((id) => [`Row ${id}`])}
      path="/list"
      search=""
      density="default"
      caption="Rows"
      selection={{
        isOn: (id) => on.includes(id),
        set: (set, isOn) =>
          setOn((all) => (isOn ? [...new Set([...all, ...set])] : all.filter((id) => !set.includes(id)))),
      }}
    />
  )
}

const link = (id: number) => screen.getByRole('link', { name: `Row ${id}` })
const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const marked = () =>
  screen.getAllByRole<HTMLInputElement>('checkbox').flatMap((box, at) => (at > 0 && box.checked ? [at] : []))

beforeEach(() => {
  localStorage.clear()
  render(<List />)
  link(1).focus()
})

test('a list is one tab stop, and arrows move between its rows', () => {
  press('ArrowDown')
  expect(link(2)).toHaveFocus()
  expect(ids.map((id) => link(id).tabIndex)).toEqual([-1, 0, -1, -1])
  press('End')
  expect(link(4)).toHaveFocus()
  press('ArrowDown')
  expect(link(4)).toHaveFocus()
  press('Home')
  press('ArrowUp')
  expect(link(1)).toHaveFocus()
})

test('Space marks the row, and sideways lies its check mark', () => {
  press(' ')
  expect(marked()).toEqual([1])
  press('ArrowLeft')
  expect(screen.getAllByRole('checkbox')[1]).toHaveFocus()
  press('ArrowDown')
  expect(screen.getAllByRole('checkbox')[2]).toHaveFocus()
  press('ArrowRight')
  expect(link(2)).toHaveFocus()
})

test('Shift with an arrow marks what lies between', () => {
  press('ArrowDown', { shiftKey: true })
  press('ArrowDown', { shiftKey: true })
  expect(marked()).toEqual([1, 2, 3])
  press('ArrowDown')
  press(' ')
  expect(marked()).toEqual([1, 2, 3, 4])
})

test('Shift with an arrow begins at the row it is pressed on, wherever the one marked before is', () => {
  press(' ')
  press('ArrowDown')
  press('ArrowDown')
  press('ArrowDown', { shiftKey: true })
  expect(marked()).toEqual([1, 3, 4])
})

test('Shift with Space marks from the row that was marked before, however one came to this one', () => {
  press(' ')
  press('ArrowDown')
  press('ArrowDown')
  press(' ', { shiftKey: true })
  expect(marked()).toEqual([1, 2, 3])
})

test('who switched the keys off has none', () => {
  localStorage.setItem('shortcuts', 'off')
  press('ArrowDown')
  expect(link(1)).toHaveFocus()
})
