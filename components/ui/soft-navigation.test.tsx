import { act, fireEvent, render, screen } from '@testing-library/react'
import { SoftNavigation } from './soft-navigation'

const router = { push: jest.fn(), replace: jest.fn() }
let search = ''
jest.mock('next/navigation', () => ({
  useRouter: () => router,
  useSearchParams: () => new URLSearchParams(search),
}))

beforeEach(() => {
  jest.useFakeTimers()
  search = ''
})
afterEach(() => {
  jest.useRealTimers()
  jest.clearAllMocks()
})

const inPlace = { scroll: false }

test('a plain click on a link changes the page in place', () => {
  render(
    <SoftNavigation>
      <a href="/list?sort=name">Name</a>
    </SoftNavigation>,
  )
  const wasHandled = !fireEvent.click(screen.getByText('Name'))
  expect(wasHandled).toBe(true)
  expect(router.push).toHaveBeenCalledWith('/list?sort=name', inPlace)
})

test('another page begins at its top', () => {
  history.replaceState(null, '', '/overview')
  render(
    <SoftNavigation>
      <a href="/overview?show=percent">Percentages</a>
      <a href="/overview/7">Seven</a>
      <a href="/overviews">Others</a>
    </SoftNavigation>,
  )
  for (const name of ['Percentages', 'Seven', 'Others']) fireEvent.click(screen.getByText(name))
  expect(router.push.mock.calls.map(([, { scroll }]) => scroll)).toEqual([false, false, true])
  history.replaceState(null, '', '/')
})

test('a click for another window, another site or a download is left to the browser', () => {
  render(
    <SoftNavigation>
      <a href="/list">All devices</a>
      <a href="https://elsewhere.example/list">Elsewhere</a>
      <a href="/list" download="list.csv">
        File
      </a>
    </SoftNavigation>,
  )
  fireEvent.click(screen.getByText('All devices'), { ctrlKey: true })
  fireEvent.click(screen.getByText('Elsewhere'))
  fireEvent.click(screen.getByText('File'))
  expect(router.push).not.toHaveBeenCalled()
})

test('a click anywhere in a row opens it, but not one on its check box', () => {
  render(
    <SoftNavigation>
      <table>
        <tbody>
          <tr>
            <td>
              <input type="checkbox" aria-label="Select" />
            </td>
            <th>
              <a href="/list/7">Seven</a>
            </th>
            <td>Germany</td>
          </tr>
        </tbody>
      </table>
    </SoftNavigation>,
  )
  fireEvent.click(screen.getByLabelText('Select'))
  expect(router.push).not.toHaveBeenCalled()
  fireEvent.click(screen.getByText('Germany'))
  expect(router.push).toHaveBeenCalledWith('/list/7', inPlace)
})

test('a GET form becomes an address without its empty fields and with its ranges joined', () => {
  render(
    <SoftNavigation>
      <form action="/list">
        <input name="q" defaultValue="" />
        <input name="ldos.from" defaultValue="2026-01-01" />
        <input name="ldos.to" defaultValue="" />
        <button type="submit">Show</button>
      </form>
    </SoftNavigation>,
  )
  fireEvent.click(screen.getByText('Show'))
  expect(router.push).toHaveBeenCalledWith('/list?ldos=2026-01-01..', inPlace)
})

test('it searches when typing pauses, once, and replaces the address', () => {
  render(
    <SoftNavigation>
      <form action="/list">
        <input name="q" aria-label="Search" data-search />
      </form>
    </SoftNavigation>,
  )
  for (const text of ['c', 'c9', 'c93']) {
    fireEvent.input(screen.getByLabelText('Search'), { target: { value: text } })
    act(() => jest.advanceTimersByTime(100))
  }
  expect(router.replace).not.toHaveBeenCalled()
  act(() => jest.advanceTimersByTime(300))
  expect(router.replace.mock.calls).toEqual([['/list?q=c93', inPlace]])
})

test('the search field follows the address, except under the fingers', () => {
  search = '?q=old'
  const page = (
    <SoftNavigation>
      <input aria-label="Search" data-search defaultValue="old" />
    </SoftNavigation>
  )
  const { rerender } = render(page)
  search = ''
  rerender(<SoftNavigation>{page.props.children}</SoftNavigation>)
  expect(screen.getByLabelText('Search')).toHaveValue('')
  screen.getByLabelText('Search').focus()
  fireEvent.input(screen.getByLabelText('Search'), { target: { value: 'typing' } })
  search = '?q=typ'
  rerender(<SoftNavigation>{page.props.children}</SoftNavigation>)
  expect(screen.getByLabelText('Search')).toHaveValue('typing')
})
