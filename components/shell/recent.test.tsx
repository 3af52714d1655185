import { recentCommands, remember } from './recent'

const AT = '/accounts/aurora.example'
beforeEach(() => localStorage.clear())

test('things are remembered, the newest first and each once, by account', () => {
  remember(`${AT}/devices/1`, ' core-1 ')
  remember(`${AT}/orders/204117`, 'Order\n204117')
  remember(`${AT}/devices/1`, 'core-1')
  remember('/accounts/delta.example/devices/9', 'elsewhere')
  expect(recentCommands(`${AT}/overview`)).toEqual([
    { label: 'core-1', href: `${AT}/devices/1`, group: 'Recent' },
    { label: 'Order 204117', href: `${AT}/orders/204117`, group: 'Recent' },
  ])
  expect(recentCommands(`${AT}/devices/1`).map(({ label }) => label)).toEqual(['Order 204117'])
  expect(recentCommands('/my/orders')).toEqual([])
})

test('lists and pages of no thing are not, nor what somebody else wrote there', () => {
  remember(`${AT}/devices`, 'Devices')
  remember(`${AT}/devices/1`, '  ')
  expect(localStorage.getItem('recent')).toBeNull()
  localStorage.setItem('recent', '[{"label":"x","href":"javascript:alert(1)"},3,null]')
  expect(recentCommands(`${AT}/overview`)).toEqual([])
  localStorage.setItem('recent', 'no list')
  expect(recentCommands(`${AT}/overview`)).toEqual([])
})
