import fc from 'fast-check'
import { movedFragment, movedTo, oldFragments } from './links'
import { legacyLinks } from './schema'
import { builtInLinks } from './table'

const address = (path: string) => {
  const [pathname = '', query = ''] = path.split('?')
  return { pathname, search: new URLSearchParams(query) }
}
const leads = (path: string, added: Parameters<typeof legacyLinks.parse>[0] = []) =>
  movedTo(address(path), legacyLinks.parse(added))

/** An address for each row of the table, as the portals made it, and the page that it leads to. */
const ROWS: [from: string, address: string, to: string][] = [
  ['/', '/?route=module/eb', '/'],
  ['/', '/?orderId=700123', '/moved/order/700123'],
  ['/clc', '/clc', '/'],
  ['/clc/overview', '/clc/overview', '/'],
  ['/clc/order/{order}', '/clc/order/700123', '/moved/order/700123'],
  ['/clc/orders', '/clc/orders', '/moved/orders'],
  ['/clc/orders/{order}', '/clc/orders/700123', '/moved/order/700123'],
  ['/mce', '/mce?orderId=700123', '/moved/order/700123'],
  ['/mce/order/{order}', '/mce/order/700123', '/moved/order/700123'],
  ['/mce/orders', '/mce/orders?woid=88001', '/moved/order/88001'],
  ['/mce/orders/{order}', '/mce/orders/700123', '/moved/order/700123'],
  ['/software/mce', '/software/mce/?so=700123', '/moved/order/700123'],
  ['/software/mce/order/{order}', '/software/mce/order/700123', '/moved/order/700123'],
  ['/software/mce/orders', '/software/mce/orders', '/moved/orders'],
  ['/software/mce/orders/{order}', '/software/mce/orders/700123', '/moved/order/700123'],
  ['/software/csws/ws/platform/home', '/software/csws/ws/platform/home?locale=en_US', '/moved/licensing'],
  ['#SmartLicensing-Inventory', '#SmartLicensing-Inventory', '/moved/licensing'],
  ['#SmartLicensing-LicenseConversion', '#SmartLicensing-LicenseConversion', '/moved/traditional-licenses'],
  ['#module/SmartLicensing', '#module/SmartLicensing', '/moved/licensing'],
  ['#pnp-devices', '#pnp-devices', '/moved/devices'],
  [
    '/software/csws/smartaccount/accountCreation/createSmartAccount',
    '/software/csws/smartaccount/accountCreation/createSmartAccount',
    '/moved/access',
  ],
  [
    '/software/csws/smartaccount/virtualAccounts/{account}/editVA/{place}',
    '/software/csws/smartaccount/virtualAccounts/101721/editVA/22311',
    '/moved/access',
  ],
  [
    '/web/fw/softwareworkspace/smartlicensing/*',
    '/web/fw/softwareworkspace/smartlicensing/ssmcompiledhelps/c_Inventory.html',
    '/moved/licensing',
  ],
  ['/esd', '/esd/', '/moved/shared-orders'],
  ['/esd/downloadCart.do', '/esd/downloadCart.do?view&backLink=mailBasedAccessCart', '/moved/shared-orders'],
  ['/SWIFT/LicensingUI/Home', '/SWIFT/LicensingUI/Home', '/moved/traditional-licenses'],
  ['/SWIFT/LicensingUI/Quickstart', '/SWIFT/LicensingUI/Quickstart', '/moved/find-license'],
  [
    '/SWIFT/LicensingUI/LicenseAdminServlet/licenseLookup',
    '/SWIFT/LicensingUI/LicenseAdminServlet/licenseLookup',
    '/moved/find-license',
  ],
  ['/SWIFT/LicensingUI/licenseLookup', '/SWIFT/LicensingUI/licenseLookup', '/moved/find-license'],
  [
    '/SWIFT/Licensing/LicenseAdminServlet/licenseLookup',
    '/SWIFT/Licensing/LicenseAdminServlet/licenseLookup',
    '/moved/find-license',
  ],
  [
    '/SWIFT/Licensing/PrivateRegistrationServlet',
    '/SWIFT/Licensing/PrivateRegistrationServlet?FormId=806',
    '/moved/find-license',
  ],
  ['/go/license', '/go/license', '/moved/licensing'],
  ['/go/scm', '/go/scm', '/moved/access'],
  ['#/mainview', '#/mainview/', '/moved/licensing'],
  ['/clc/*', '/clc/other', '/moved'],
  ['/mce/*', '/mce/reports/7', '/moved'],
  ['/software/*', '/software/swift/lrp', '/moved'],
  ['/web/fw/*', '/web/fw/other.html', '/moved'],
  ['/esd/*', '/esd/help/faq.do', '/moved'],
  ['/swift/*', '/SWIFT/Other', '/moved'],
  ['/go/*', '/go/edelivery', '/moved'],
]

test('every row has its address here', () => {
  expect(ROWS.map(([from]) => from)).toEqual(builtInLinks.map(({ from }) => from))
})

test.each(ROWS)('%s: %s leads to %s', (_, path, to) => {
  const follow = (text: string) => (text.startsWith('#') ? movedFragment(text) : leads(text))
  expect(follow(path)).toBe(to)
  const [before = '', query] = path.split('?')
  expect(follow([before.toUpperCase(), query].filter(Boolean).join('?'))).toBe(to)
  if (path.startsWith('#')) expect(oldFragments()).toContain(path.replace(/^#|\/$/g, '').toLowerCase())
})

test.each(['order', 'orderId', 'ORDERID', 'orderNumber', 'so', 'SO', 'webOrderId', 'woid', 'WoId'])(
  'an order by the parameter %s',
  (name) => {
    for (const path of [
      '/',
      '/clc',
      '/clc/overview',
      '/mce/any/page',
      '/esd/downloadCart.do',
      '/SWIFT/LicensingUI/Home',
    ])
      expect(leads(`${path}?locale=en_US&${name}=700123`)).toBe('/moved/order/700123')
  },
)

test.each([
  '/',
  '/?q=a',
  '/?route=module/other',
  '/?so=',
  '/constructor',
  '//clc',
  '/sign-in?so=1',
  '/accounts/aurora.example/orders?order=1',
  '/my/orders?so=1',
  '/moved/order/1?so=2',
  '/clcx',
  '/goo/license',
])('%s is no old address', (path) => expect(leads(path)).toBeNull())

const HOSTILE = [
  '//evil.test',
  '\\\\evil.test',
  '/\\evil.test',
  'https://evil.test',
  '%2f%2fevil.test',
  '%252f%252fevil.test',
  '%5c%5cevil.test',
  '1%0d%0aLocation:%20https://evil.test',
  '1\r\nSet-Cookie: a=b',
  '..',
  '.%2e/%2e.',
  '@evil.test',
  'javascript:alert(1)',
  '\u202e700123',
  '７００１２３',
  'evil。test',
  'x'.repeat(10_000),
  '\0',
]
/** A path of this site, of fixed words and at most one plain number: nothing that a browser could take for a host. */
const SAFE = /^\/(moved(\/[a-z-]+|\/order\/[A-Za-z0-9][A-Za-z0-9._-]{0,39})?)?$/

test.each(HOSTILE)('%j leads to no other host', (value) => {
  const names = ['order', 'so', 'next', 'url', 'redirect', 'route', 'backLink']
  for (const path of ['/', '/clc', '/mce/orders', '/esd/downloadCart.do', '/go/x', '/clc/x']) {
    for (const name of names) {
      for (const search of [
        new URLSearchParams([[name, value]]),
        new URLSearchParams([
          [name, value],
          [name, '700123'],
          ['SO', value],
        ]),
      ]) {
        const to = movedTo({ pathname: path, search })
        if (to !== null) expect(to).toMatch(SAFE)
      }
    }
  }
  for (const pathname of [
    `/mce/orders/${value}`,
    `/clc/${value}`,
    `/${value}`,
    `/clc/orders/${encodeURIComponent(value)}`,
  ]) {
    const to = movedTo({ pathname, search: new URLSearchParams() })
    if (to !== null) expect(to).toMatch(SAFE)
    expect(to === null || !to.includes('evil')).toBe(true)
  }
})

test('whatever an address holds, it leads to no other host', () => {
  const roots = builtInLinks.map(({ from }) => from.replace('*', 'x'))
  fc.assert(
    fc.property(
      fc.constantFrom(...roots),
      fc.string({ unit: 'binary' }),
      fc.array(fc.tuple(fc.constantFrom('so', 'order', 'woid', 'route', 'x'), fc.string({ unit: 'binary' }))),
      (root, tail, parameters) => {
        for (const pathname of [root, `${root}/${tail}`, root.replace(/\{\w+\}/g, tail)]) {
          const to = movedTo({ pathname, search: new URLSearchParams(parameters) })
          if (to !== null) expect(to).toMatch(SAFE)
        }
      },
    ),
  )
})

test('of repeated parameters the first that is an order counts', () => {
  expect(leads('/clc?orderId=%2f%2fevil.test&orderId=700123&so=700999')).toBe('/moved/order/700123')
})

test('the links of an installation go before the built-in ones', () => {
  const added = [
    { from: '/eb/Order.aspx/{order}', to: 'orders' },
    { from: '/go/license', to: 'find-license' },
    { from: '/eb/*', parameters: { Page: 'Cart' }, to: 'shared-orders' },
    { from: '#eb-devices', to: 'devices' },
  ]
  expect(leads('/EB/order.aspx/700123', added)).toBe('/moved/order/700123')
  expect(leads('/go/license', added)).toBe('/moved/find-license')
  expect(leads('/eb/x/y?page=cart', added)).toBe('/moved/shared-orders')
  expect(leads('/eb/x/y', added)).toBeNull()
  expect(movedFragment('#EB-devices', legacyLinks.parse(added))).toBe('/moved/devices')
  expect(oldFragments(legacyLinks.parse(added))[0]).toBe('eb-devices')
})

test.each([
  ['/accounts/*', 'an address of this product'],
  ['/sign-in', 'an address of this product'],
  ['/{any}', 'an address of this product'],
  ['/', 'the start page'],
  ['/*', 'must be like'],
  ['/old?x=1', 'must be like'],
  ['https://old.example/x', 'must be like'],
])('a link from %s is refused', (from, why) => {
  const { error } = legacyLinks.safeParse([{ from, to: 'orders' }])
  expect(error?.issues[0]?.message).toContain(why)
})
