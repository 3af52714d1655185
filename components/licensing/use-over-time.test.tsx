import { render, screen } from '@testing-library/react'
import { UseOverTime } from './use-over-time'

const days = [
  { day: '2026-05-01', quantity: 10, inUse: 4 },
  { day: '2026-05-02', quantity: 10, inUse: 4 },
  { day: '2026-05-05', quantity: 20, inUse: 4 },
  { day: '2026-05-06', quantity: 20, inUse: 16 },
]

test('draws a step a day, where the day stands in time', () => {
  const { container } = render(<UseOverTime days={days} />)
  const lines = [...container.querySelectorAll('path')].map((path) => path.getAttribute('d'))
  expect(lines).toEqual(['M0,50H200V50H800V0H1000V0', 'M0,80H200V80H800V80H1000V20'])
})

test('the table has each day on which a figure changed, the newest first', () => {
  render(<UseOverTime days={days} />)
  const rows = screen.getAllByRole('row', { hidden: true }).map((row) => row.textContent)
  expect(rows).toEqual(['FromQuantityIn use', '6 May 20262016', '5 May 2026204', '1 May 2026104'])
})

test('one day is no line', () => {
  const { container } = render(<UseOverTime days={days.slice(0, 1)} />)
  expect(container.querySelector('svg')).toBeNull()
  expect(container.textContent).toMatch(/No day is kept yet/)
})
