import 'server-only'
import { asLink } from './link'
import { type OpenedOrder, type Parts, readOpened } from './opened'
import type { Way } from './ways'

/** What a link shows: the order as far as it was opened, and by what. */
export type LinkPage = { order: OpenedOrder; way: Way }

/** Reads the page behind a link; null where the browser was not let in, or not any more. */
export const loadLinkPage = (token: string, session: string | undefined, parts: Parts): Promise<LinkPage | null> =>
  asLink(token, session, async (reader, opened, way) => {
    const order = await readOpened(reader, opened, parts)
    return order && { order, way }
  })
