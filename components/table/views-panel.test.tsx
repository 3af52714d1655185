import { render, screen, within } from '@testing-library/react'
import type { ListViews } from '@/lib/views/list-views'
import { ViewMenu } from './view-menu'
import { ViewsPanel } from './views-panel'

jest.mock('next/navigation', () => ({ useRouter: () => ({ push: () => undefined }) }))
HTMLDialogElement.prototype.showModal = () => undefined

const mine = { id: 1, name: 'Mine', isShared: false, isDefault: true, isMine: true, mayChange: true }
const shared = { id: 2, name: 'Theirs', isShared: true, isDefault: false, isMine: false, mayChange: false }
const views: ListViews = {
  choices: [
    { ...mine, href: '/devices?saved=1', isCurrent: true },
    { ...shared, href: '/devices?saved=2', isCurrent: false },
  ],
  current: { ...mine, href: '/devices?saved=1', isCurrent: true },
  isModified: true,
  allHref: '/devices',
  panelHref: '/devices?saved=1&panel=views',
}
const nothing = async () => undefined
const show = (more: Partial<Parameters<typeof ViewsPanel>[0]> = {}) =>
  render(
    <ViewsPanel
      {...{ views, closeHref: '/devices', save: nothing, linkOf: (id) => `/views/${id}` }}
      update={() => nothing}
      change={() => nothing}
      remove={() => nothing}
      {...more}
    />,
  )

test('the menu says which view is open, that it is modified, and leads to the others', () => {
  render(<ViewMenu views={views} all="All devices" />)
  expect(screen.getByRole('button', { name: /Saved view: Mine/ })).toBeInTheDocument()
  expect(screen.getByText('Modified')).toBeInTheDocument()
  const links = screen.getAllByRole('link', { hidden: true }).map((link) => link.getAttribute('href'))
  expect(links).toEqual(['/devices', '/devices?saved=1', '/devices?saved=2', '/devices?saved=1&panel=views'])
})

test('who may keep none has no way to the panel', () => {
  const { panelHref: _, ...rest } = views
  render(<ViewMenu views={rest} all="All devices" />)
  expect(screen.queryByText('Save and manage views')).toBeNull()
})

test('the panel has forms for what one may change, and what was wrong', () => {
  show({ problem: 'There is a view of this list with that name already.' })
  const hidden = true
  expect(screen.getByRole('alert', { hidden })).toHaveTextContent('with that name already')
  expect(screen.getByRole('button', { name: 'Update “Mine”', hidden })).toBeInTheDocument()
  const list = within(screen.getByRole('region', { name: 'Views that you can change', hidden }))
  expect(list.getByRole('button', { name: 'Delete “Mine”', hidden })).toBeInTheDocument()
  expect(list.getByText('/views/1')).toBeInTheDocument()
  expect(list.queryByText('Theirs')).toBeNull()
  const [asNew, asIs] = screen.getAllByRole<HTMLInputElement>('checkbox', { name: /opens with it/, hidden })
  expect([asNew?.checked, asIs?.checked]).toEqual([false, true])
})
