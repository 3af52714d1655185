import type { Hit } from './hits'

/** The answer to what was pasted, or why there is none; the text stays, so that nothing has to be pasted again. */
export type Pasted = {
  text: string
  problem?: string
  rows?: { typed: string; found: (Hit & { what: string })[] }[]
  /** The devices among them, as a list to act on. */
  devicesHref?: string
  /** Where those devices are assigned, for who may. */
  assignHref?: string
}
