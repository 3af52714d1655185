import type { Sql } from 'postgres'
import { DOMAINS, everybody, rolesIn, type Somebody } from '../people'

const ADDRESS = /[\w.+-]+@[\w.-]*\w/g

/** Who may read whose name and address. */
export class Contacts {
  private constructor(
    private readonly people: readonly { email: string; name: string }[],
    private readonly sent: readonly { domain: string; sender: string; email: string }[],
  ) {}

  static async read(owner: Sql): Promise<Contacts> {
    const people = await owner<{ email: string; name: string }[]>`select email, name from users`
    const sent = await owner<{ domain: string; sender: string; email: string }[]>`
      select distinct a.domain, u.email as sender, s.email from order_shares s
      join smart_accounts a on a.id = s.smart_account_id join users u on u.id = s.sent_by`
    return new Contacts(people, sent)
  }

  leaks(body: string, reader: Somebody | null, path: string): string[] {
    const words = new Set(body.match(ADDRESS))
    const admins = DOMAINS.filter((domain) => everybody.some((one) => isAdmin(one, domain)))
    return this.people.flatMap(({ email, name }) => {
      const person = everybody.find((one) => one.email === email)
      const sees = reader !== null && (reader.email === email || managesUsers(reader))
      const isColleague = reader !== null && organisation(reader.email) === organisation(email)
      const administers = person && admins.some((domain) => isAdmin(person, domain))
      const isHidden = administers && !sees && !isColleague
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
