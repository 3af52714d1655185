import { AURORA, DOMAINS, rolesIn, type Somebody } from '../people'
import type { Acted, Sent } from './acting'
import type { Deed, Row } from './actions'
import { administers, type Row as Cells, NOWHERE, perThing } from './cells'

const NAME = 'Matrix view'
const list = (domain: string) => `/accounts/${domain}/devices`
const place = (domain: string) => ({ domain, tab: 'devices', search: '?coverage=covered' })

/** Whoever has a role that sees assets; support reads only. */
const keeps = (domain: string) => (somebody: Somebody) =>
  somebody.isActive && rolesIn(somebody, domain).some(({ role }) => role !== 'sa_approver')

const leads =
  (domain: string, rest: string) =>
  ({ leadsTo, status }: Acted) =>
    new RegExp(`^${list(domain)}\\?${rest}$`).test(leadsTo) ? [] : [`it leads to ${status} ${leadsTo}`]

const keeping = (domain: string, name: string): Sent => ({
  path: list(domain),
  args: [place(domain)],
  form: { name },
})
const OPENED = 'coverage=covered&saved=\\d+'

/** One's own: nobody else's matter, and no event. */
export const saveView: Row = () =>
  DOMAINS.map((domain) => ({
    ...{ domain, name: `a saved view in ${domain}`, ...keeping(domain, NAME), missing: keeping(NOWHERE, NAME) },
    isAllowed: keeps(domain),
    ...{ changes: ['saved_views'], events: 0, read: leads(domain, OPENED) },
  }))

/**
 * What one does to a view of one's own, made before; to one of somebody else, which is not there for anybody, and to one
 * that is shared: its owner's and the administrators'.
 */
const toViews =
  (what: string, form: (name: string) => Readonly<Record<string, string>>, rest: string): Row =>
  ({ views }) => {
    const sent = (id: number, name: string, where = AURORA): Sent => ({
      path: list(where),
      args: [place(where), id],
      form: form(name),
    })
    const missing = sent(999_999_998, NAME, NOWHERE)
    const of = (email: string, isShared: boolean) =>
      views.find((view) => view.email === email && view.isShared === isShared)
    // Nobody has those of an approver, not even they: the role takes nothing out.
    const foreign = Number(of('approver@aurora.example', false)?.id)
    const shared = of('va-user@aurora.example', true)
    const own: Deed = {
      ...{ domain: AURORA, name: `a view of one's own, ${what}`, missing, ...sent(999_999_999, `${NAME} ${what} 2`) },
      isAllowed: keeps(AURORA),
      first: {
        ...keeping(AURORA, `${NAME} ${what}`),
        action: 'saveView',
        argsFrom: (leadsTo) => [place(AURORA), Number(/saved=(\d+)/.exec(leadsTo)?.[1])],
      },
      ...(what === 'changed'
        ? { changes: ['saved_views', 'events', 'event_cube'], events: 1 }
        : { changes: ['saved_views'], events: 0 }),
      read: leads(AURORA, rest),
    }
    const others: Deed = {
      ...{ domain: AURORA, name: `a view of somebody else, ${what}`, ...sent(foreign, NAME) },
      ...{ missing: sent(999_999_998, NAME), isOneOfMany: true as const, isAllowed: () => false },
      ...{ changes: [], events: 0, read: () => [] },
    }
    const ofAll: Deed = {
      ...{ domain: AURORA, name: `a shared view, ${what}`, ...sent(Number(shared?.id), String(shared?.name)) },
      ...{ missing: sent(999_999_998, NAME), isOneOfMany: true as const },
      isAllowed: (somebody) => administers(AURORA)(somebody) || somebody.email === shared?.email,
      ...{ changes: ['saved_views', 'events', 'event_cube'], events: 1, read: leads(AURORA, rest) },
    }
    // What is taken away is there for one of them only.
    return what === 'removed' ? [own, others] : [own, others, ofAll]
  }

export const updateSavedView = toViews('updated', () => ({ sent: '1' }), OPENED)
export const changeSavedView = toViews('changed', (name) => ({ name, shared: '1' }), 'coverage=covered&panel=views')
export const removeSavedView = toViews('removed', () => ({ sent: '1' }), 'coverage=covered&panel=views')

/** Whoever may open a view sends it to themselves. */
export const scheduleSavedView: Row = (world) =>
  toViews(
    'sent',
    () => ({ frequency: 'weekly', skipsEmpty: '1' }),
    'coverage=covered&panel=views',
  )(world)
    .filter(({ name }) => !name.startsWith('a shared'))
    .map((deed) => ({ ...deed, ...(deed.changes.length > 0 && { changes: ['view_schedules'], events: 0 }) }))

/** The short address of a view: for its owner, and for whoever is in the account where it is shared there. */
export const viewLinks: Cells = (world) =>
  perThing(
    'views',
    ({ views }) => views,
    (thing, domain) => (somebody) => {
      const view = world.views.find(({ id }) => id === thing.id)
      const isIn = keeps(domain)(somebody) || (somebody.isActive && somebody.supports.includes(domain))
      return thing.domain === domain && isIn && (view?.isShared === true || view?.email === somebody.email)
    },
  )(world).map((cell) => ({
    ...cell,
    leadsTo: (to: string) => /^\/accounts\/[a-z.]+\/devices\?saved=\d+$/.test(to),
  }))
