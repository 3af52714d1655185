import { z } from 'zod'
import { type Params, valuesOf } from '@/lib/table/parse'
import { type Kind, kindNames } from './terms'

/** How many of each kind are shown together, and how many on the page of one kind. */
export const IN_GROUP = 5
export const ON_PAGE = 50

const pageNumber = z.string().regex(/^[1-9]\d{0,2}$/)

/** What an address of the search says; `problems` are bad values, one plain sentence each. What `q` says is read by terms.ts. */
export function parseSearch(params: Params): { q: string; type: Kind | undefined; page: number; problems: string[] } {
  const [q = ''] = valuesOf(params, 'q')
  const [type] = valuesOf(params, 'type')
  const [page = '1'] = valuesOf(params, 'page')
  const known = kindNames.find((kind) => kind === type)
  const problems = [
    ...(type && !known ? [`type: “${type.slice(0, 60)}” is not one of ${kindNames.join(', ')}.`] : []),
    ...(pageNumber.safeParse(page).success ? [] : [`page: “${page.slice(0, 60)}” is not a page number.`]),
  ]
  return { q, type: known, page: Number(page), problems }
}
