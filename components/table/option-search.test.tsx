import { fireEvent, render, screen } from '@testing-library/react'
import { startNarrowing } from './narrow-options'
import { OptionSearch } from './option-search'

startNarrowing()

const Facet = () => (
  <div className="facet">
    <OptionSearch label="Country" />
    {['Germany', 'Ghana', 'Greece'].map((name) => (
      <label key={name} className="check-row">
        <input type="checkbox" defaultChecked={name === 'Greece'} />
        {name}
      </label>
    ))}
    <details className="facet-rest">
      <label className="check-row">
        <input type="checkbox" />
        Guinea
      </label>
    </details>
  </div>
)
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('.check-row')]
    .filter(({ hidden }) => !hidden)
    .map((row) => row.textContent)

beforeEach(() => {
  render(<Facet />)
})

test('a long list of choices is narrowed to what has the words, in whatever case; what is checked stays', () => {
  const field = screen.getByRole('searchbox', { name: /Find in Country/ })
  fireEvent.input(field, { target: { value: ' gUi' } })
  expect(shown()).toEqual(['Greece', 'Guinea'])
  expect(document.querySelector<HTMLDetailsElement>('.facet-rest')?.open).toBe(true)
  fireEvent.input(field, { target: { value: '' } })
  expect(shown()).toEqual(['Germany', 'Ghana', 'Greece', 'Guinea'])
})

test('Enter in it does not send the form', () => {
  expect(fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Enter' })).toBe(false)
  expect(fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'a' })).toBe(true)
})
