import { z } from 'zod'

/** Where an old address may lead. Names of pages, not addresses: no row of any table can lead out of the product. */
export const places = [
  'home',
  'licensing',
  'traditional-licenses',
  'find-license',
  'contracts',
  'subscriptions',
  'devices',
  'orders',
  'shared-orders',
  'access',
  'search',
] as const
export type Place = (typeof places)[number]

const PATH = /^(\/([\w.~-]+|\{[a-z]+\}))+(\/\*)?$|^\/$/i
const FRAGMENT = /^#[\w./-]{1,80}$/
/** The product's own pages, which no link may take away. */
const OWN = /^\/((accounts|my|moved|shared|sign-in|sign-out|api|_next)(\/|$)|\{)/i

const link = z
  .strictObject({
    /**
     * A path such as `/esd/orders/{order}`, or what stood behind `#`. Letters are alike, large or small. `{order}` is the
     * number of an order, any other name in braces any one part, and `*` at the end anything below.
     */
    from: z
      .string({ error: 'is missing: the old path, or what stood behind #' })
      .max(200, 'is longer than 200 characters')
      .refine((text) => !OWN.test(text), 'is an address of this product')
      .refine(
        (text) => PATH.test(text) || FRAGMENT.test(text),
        'must be like /old/orders/{order}, /old/* or #old-page',
      ),
    /** Parameters that must be there with these values. */
    parameters: z.record(z.string().max(40), z.string().max(200)).optional(),
    /** Taken only where the address names an order. */
    ordersOnly: z.boolean().optional(),
    to: z.enum(places, { error: `must be one of ${places.join(', ')}` }),
  })
  .refine(({ from, parameters, ordersOnly }) => from !== '/' || parameters || ordersOnly, {
    path: ['from'],
    error: 'is the start page, which needs parameters beside it',
  })
  .transform((row) => ({ ...row, parts: row.from.toLowerCase().split('/').slice(1) }))

/** A row of the table of old addresses; an order that the address names goes before `to`. */
export type LegacyLink = z.output<typeof link>
export type LegacyLinkDraft = z.input<typeof link>

export const legacyLinks = z.array(link, { error: 'must be a list of links' }).max(500, 'has more than 500 links')
