// Every address of the product, each made in one place.

const part = encodeURIComponent

export const home = () => '/'
export const signOut = () => '/sign-out'
/** The access directory: the accounts that a person has. */
export const access = () => '/my/access'
/** The User View. */
export const userView = () => '/my/orders'
export const account = (domain: string) => `/accounts/${part(domain)}`
export const overview = (domain: string) => `${account(domain)}/overview`
export const licensing = (domain: string) => `${account(domain)}/licensing`
export const license = (domain: string, id: number) => `${licensing(domain)}/${id}`
export const devices = (domain: string) => `${account(domain)}/devices`
export const device = (domain: string, id: number) => `${devices(domain)}/${id}`
export const imports = (domain: string) => `${account(domain)}/administration/imports`
export const importRun = (domain: string, id: number) => `${imports(domain)}/${id}`
/** What an address with bad parameters is answered with; middleware rewrites to it. Coded, as a rewrite decodes `&`. */
export const badRequest = (address: string) => `/api/bad-request?at=${Buffer.from(address).toString('base64url')}`

/** The table of an address such as `/accounts/corp.example/devices`: its domain and the tab's name. */
export function tableAt(pathname: string): { domain: string; name: string } | null {
  const [, domain, name] = /^\/accounts\/([^/]+)\/([a-z]+)(?:\/\d+)?\/?$/.exec(pathname) ?? []
  return domain && name ? { domain, name } : null
}
