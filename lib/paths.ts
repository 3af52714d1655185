// Every address of the product, each made in one place.

const part = encodeURIComponent

/** A part of an address as it was meant; null where it is not coded as parts are. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export const home = () => '/'
/** What is not offered here, and where it is. */
export const elsewhere = () => '/my/elsewhere'
export const signOut = () => '/sign-out'
/** The access directory: the accounts that a person has. */
export const access = () => '/my/access'
/** Where access to an account is asked for. */
export const askAccess = (domain?: string) => `${access()}/request${domain ? `?account=${part(domain)}` : ''}`
/** Where an address of an old portal leads that nobody knows. */
export const moved = () => '/moved'
/** The order that an old address names, wherever the person sees it. */
export const movedOrder = (number: string) => `${moved()}/order/${part(number)}`
/** A page that an old address means, in an account of the person's. */
export const movedPlace = (place: string) => `${moved()}/${part(place)}`
/** What stood behind `#` in an old address. */
export const movedFragment = (fragment: string) => `${moved()}?fragment=${part(fragment)}`
/** The User View. */
export const userView = () => '/my/orders'
export const sharedOrder = (number: string) => `${userView()}/${part(number)}`
export const account = (domain: string) => `/accounts/${part(domain)}`
export const overview = (domain: string) => `${account(domain)}/overview`
/** The Overview as a file. */
export const overviewReport = (domain: string) => `${overview(domain)}/report`
export const licensing = (domain: string) => `${account(domain)}/licensing`
export const license = (domain: string, id: number) => `${licensing(domain)}/${id}`
export const contracts = (domain: string) => `${account(domain)}/contracts`
export const contract = (domain: string, number: string) => `${contracts(domain)}/${part(number)}`
export const subscriptions = (domain: string) => `${account(domain)}/subscriptions`
export const subscription = (domain: string, id: number) => `${subscriptions(domain)}/${id}`
export const devices = (domain: string) => `${account(domain)}/devices`
export const device = (domain: string, id: number) => `${devices(domain)}/${id}`
export const orders = (domain: string) => `${account(domain)}/orders`
export const order = (domain: string, number: string) => `${orders(domain)}/${part(number)}`
/** A file of an order, as `lib/delivery/order-files.ts` names it: a document, terms, or all of them as a zip. */
export const orderFile = (domain: string, number: string, file: string) => `${order(domain, number)}/files/${file}`
export const sharedFile = (number: string, file: string) => `${sharedOrder(number)}/files/${file}`
/** Where Order Based Access to an order is sent from. */
export const shareOrder = (domain: string, number: string) => `${order(domain, number)}/share`
/** Where chosen orders are shared from. */
export const shareOrders = (domain: string) => `${account(domain)}/share`
/** Order Based Access that was given in an account. */
export const shares = (domain: string) => `${account(domain)}/administration/shares`
/** What a mail's link opens to a recipient; `token` is in the mail alone. */
export const sharedLink = (token: string) => `/shared/${part(token)}`
/** A file, and a PAK, of what a link opens. */
export const linkFile = (token: string, file: string) => `${sharedLink(token)}/files/${file}`
export const linkPak = (token: string, id: number) => `${sharedLink(token)}/paks/${id}`
/** The token of an address of a link, or of something behind it; null for other addresses. */
export const linkOf = (pathname: string): string | null => /^\/shared\/([^/]*)/.exec(pathname)?.[1] ?? null
/** Binding a share to one's own sign-in. */
export const claimShare = (token: string) => `/my/claim/${part(token)}`
/** Mail of the demo, which sends none. */
export const demoOutbox = () => '/demo/outbox'
/** What links are answered with that open nothing; middleware rewrites to it. */
export const gone = () => '/api/gone'
export const events = (domain: string) => `${account(domain)}/events`
/** Events from one number to another as a signed file. */
export const signedEvents = (domain: string) => `${events(domain)}/signed`
export const event = (domain: string, seq: number) => `${events(domain)}/${seq}`
/** The Event Log of one thing, such as `device` 17. */
export const eventsAbout = (domain: string, subject: string, id: number) => `${events(domain)}?about=${subject}:${id}`
/** The list that a saved view opens. */
export const savedView = (domain: string, id: number) => `${account(domain)}/views/${id}`
export const search = (domain: string) => `${account(domain)}/search`
/** Where many identifiers are looked up at once. */
export const lookUp = (domain: string) => `${search(domain)}/paste`
/** From an identifier to the licenses behind it. */
export const findLicense = (domain: string) => `${search(domain)}/license`
/** Where an account is administered, and the parts of that. */
export const administration = (domain: string) => `${account(domain)}/administration`
export const accountSettings = (domain: string) => `${administration(domain)}/settings`
export const supportAccess = (domain: string) => `${administration(domain)}/support`
/** An account in the scope of a grant (lib/administration/preview-address.ts) that has not been given. */
export const grantPreview = (domain: string, grant: string, tab: string) =>
  `${administration(domain)}/preview/${part(grant)}/${tab}`
export const groups = (domain: string) => `${administration(domain)}/groups`
export const requests = (domain: string) => `${administration(domain)}/requests`
export const request = (domain: string, id: number) => `${requests(domain)}/${id}`
export const group = (domain: string, id: number) => `${groups(domain)}/${id}`
export const imports = (domain: string) => `${administration(domain)}/imports`
export const reconciliation = (domain: string) => `${administration(domain)}/reconciliation`
/** Where chosen rows go; without any, where a list of them is brought. */
export const assign = (domain: string) => `${account(domain)}/assign`
export const assignmentPlan = (domain: string, id: number) => `${assign(domain)}/${id}`
/** Where orders of a holding account are given to a customer. */
export const handOver = (domain: string) => `${account(domain)}/hand-over`
/** What waits to be assigned, the rules for it, and what is short or in a wrong place. */
export const organize = (domain: string) => `${account(domain)}/organize`
export const importRun = (domain: string, id: number) => `${imports(domain)}/${id}`
/** The list of users of an account, and one role of it. */
export const users = (domain: string) => `${administration(domain)}/users`
export const userRole = (domain: string, id: number) => `${users(domain)}/${id}`
/** The Virtual Accounts of an account, and one of them. */
export const virtualAccounts = (domain: string) => `${administration(domain)}/virtual-accounts`
export const virtualAccount = (domain: string, id: number) => `${virtualAccounts(domain)}/${id}`
/** What an address with bad parameters is answered with; middleware rewrites to it. Coded, as a rewrite decodes `&`. */
export const badRequest = (address: string) => `/api/bad-request?at=${inBase64Url(address)}`

// Without Buffer: this file is in every page, and a browser would be sent 7 KB that stand for it.
const inBase64Url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/[+/=]/g, (sign) => BASE64_URL[sign] ?? '')
const BASE64_URL: Readonly<Record<string, string>> = { '+': '-', '/': '_' }

/** The address of a list that answers with a file, and the list of such an address; null where it is none. */
export const exported = (list: string) => `${list}/export`
export const listOfExport = (pathname: string): string | null => /^(.+)\/export\/?$/.exec(pathname)?.[1] ?? null

/** A person's exports in an account, and the file of one. */
export const exportsIn = (domain: string) => `${account(domain)}/exports`
export const exportFile = (domain: string, id: string) => `${exportsIn(domain)}/${id}`

/** Whether an address gives a table as a file. */
export const isTableFile = (pathname: string) =>
  listOfExport(pathname) !== null || /^\/accounts\/[^/]+\/exports\/[^/]+\/?$/.test(pathname)

/** The id that a part of an address or a parameter names; null where it names none. */
export const idOf = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null)

/** The table of an address such as `/accounts/corp.example/devices`: its domain and the tab's name. */
export function tableAt(pathname: string): { domain: string; name: string } | null {
  const [, domain, name] = /^\/accounts\/([^/]+)\/([a-z]+)(?:\/[^/]+)?\/?$/.exec(pathname) ?? []
  return domain && name ? { domain, name } : null
}
