import { type LegacyLinkDraft, legacyLinks } from './schema'

/**
 * Addresses of the portals that this one replaces, and the page that each leads to. The first row that fits counts, so that
 * what is exact stands before what is not.
 */
const rows: readonly LegacyLinkDraft[] = [
  // License Central, and the workspace that came before it, with its links to orders
  { from: '/', parameters: { route: 'module/eb' }, to: 'home' },
  { from: '/', ordersOnly: true, to: 'home' },
  { from: '/clc', to: 'home' },
  { from: '/clc/overview', to: 'home' },
  { from: '/clc/order/{order}', to: 'orders' },
  { from: '/clc/orders', to: 'orders' },
  { from: '/clc/orders/{order}', to: 'orders' },
  { from: '/mce', to: 'home' },
  { from: '/mce/order/{order}', to: 'orders' },
  { from: '/mce/orders', to: 'orders' },
  { from: '/mce/orders/{order}', to: 'orders' },
  { from: '/software/mce', to: 'home' },
  { from: '/software/mce/order/{order}', to: 'orders' },
  { from: '/software/mce/orders', to: 'orders' },
  { from: '/software/mce/orders/{order}', to: 'orders' },
  // Software Central with Smart Software Manager, Plug and Play and the administration of Smart Accounts
  { from: '/software/csws/ws/platform/home', to: 'licensing' },
  { from: '#SmartLicensing-Inventory', to: 'licensing' },
  { from: '#SmartLicensing-LicenseConversion', to: 'traditional-licenses' },
  { from: '#module/SmartLicensing', to: 'licensing' },
  { from: '#pnp-devices', to: 'devices' },
  { from: '/software/csws/smartaccount/accountCreation/createSmartAccount', to: 'access' },
  { from: '/software/csws/smartaccount/virtualAccounts/{account}/editVA/{place}', to: 'access' },
  { from: '/web/fw/softwareworkspace/smartlicensing/*', to: 'licensing' },
  // eDelivery: the application, and the link in its mails
  { from: '/esd', to: 'shared-orders' },
  { from: '/esd/downloadCart.do', to: 'shared-orders' },
  // License Registration Portal
  { from: '/SWIFT/LicensingUI/Home', to: 'traditional-licenses' },
  { from: '/SWIFT/LicensingUI/Quickstart', to: 'find-license' },
  { from: '/SWIFT/LicensingUI/LicenseAdminServlet/licenseLookup', to: 'find-license' },
  { from: '/SWIFT/LicensingUI/licenseLookup', to: 'find-license' },
  { from: '/SWIFT/Licensing/LicenseAdminServlet/licenseLookup', to: 'find-license' },
  { from: '/SWIFT/Licensing/PrivateRegistrationServlet', to: 'find-license' },
  // Short links
  { from: '/go/license', to: 'licensing' },
  { from: '/go/scm', to: 'access' },
  // On-Prem
  { from: '#/mainview', to: 'licensing' },
  // What else the old portals had: nobody knows where it led
  { from: '/clc/*', to: 'search' },
  { from: '/mce/*', to: 'search' },
  { from: '/software/*', to: 'search' },
  { from: '/web/fw/*', to: 'search' },
  { from: '/esd/*', to: 'search' },
  { from: '/swift/*', to: 'search' },
  { from: '/go/*', to: 'search' },
]

export const builtInLinks = legacyLinks.parse(rows)
