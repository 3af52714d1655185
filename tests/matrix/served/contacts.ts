import type { Sql } from 'postgres'
import { DOMAINS, everybody, rolesIn, type Somebody } from '../people'
import { addressesIn } from './scanning'

type Person = { email: string; name: string; isAdministrator: boolean }

/** Who may read whose name and address. */
export class Contacts {
  private constructor(
    private readonly people: readonly Person[],
    private readonly sent: readonly { domain: string; sender: string; email: string }[],
  ) {}

  static async read(owner: Sql): Promise<Contacts> {
    const people = await owner<{ email: string; name: string }[]>`select email, name from users`
    const sent = await owner<{ domain: string; sender: string; email: string }[]>`
      select distinct a.domain, u.email as sender, s.email from order_shares s
      join smart_accounts a on a.id = s.smart_account_id join users u on u.id = s.sent_by`
    const administrators = everybody.filter((one) => DOMAINS.some((domain) => isAdmin(one, domain)))
    const isAdministrator = (email: string) => administrators.some((one) => one.email === email)
    return new Contacts(
      people.map((person) => ({ ...person, isAdministrator: isAdministrator(person.email) })),
      sent,
    )
  }

  leaks(body: string, reader: Somebody | null, path: string): string[] {
    const words = addressesIn(body)
    const isManager = reader !== null && managesUsers(reader)
    return this.people.flatMap(({ email, name, isAdministrator }) => {
      const sees = isManager || reader?.email === email
      const isColleague = reader !== null && organisation(reader.email) === organisation(email)
      const isHidden = isAdministrator && !sees && !isColleague
      return [
        ...(!sees && words.has(email) && !(reader && this.#isShownOn(path, reader, email))
          ? [`address: ${email}`]
          : []),
        ...(isHidden && body.includes(name) ? [`administrator: ${name}`] : []),
      ]
    })
  }

  /**
   * The access directory names the administrators of the account of the reader's organization who are of it too; the list
   * of shares the addresses that the reader sent to.
   */
  #isShownOn(path: string, reader: Somebody, email: string): boolean {
    const [at = ''] = path.split('?')
    const own = organisation(reader.email)
    if (at === '/my/access')
      return own === organisation(email) && everybody.some((one) => one.email === email && isAdmin(one, own ?? ''))
    const [, domain] = SHARES.exec(at) ?? []
    return this.sent.some((one) => one.domain === domain && one.sender === reader.email && one.email === email)
  }
}

const SHARES = /^\/accounts\/([^/]+)\/administration\/shares$/

const organisation = (email: string) => email.split('@')[1]
const isAdmin = (somebody: Somebody, domain: string) =>
  rolesIn(somebody, domain).some(({ role }) => role === 'sa_admin')
/** Who sees a list of users at all; of which ones is held by the tests of who sees a device. */
const managesUsers = ({ holds }: Somebody) => holds.some(({ role }) => role === 'sa_admin' || role === 'va_admin')
