import { countryName } from '@/lib/countries'
import type { Column } from '@/lib/table/resource'

/** A Virtual Account by its id, as the viewer's account calls it. */
export const placeWords = {
  words: (value, { virtualAccounts }) => virtualAccounts.find(({ id }) => String(id) === value)?.name ?? 'Not assigned',
  known: ({ virtualAccounts }) => [...virtualAccounts.map(({ id }) => String(id)), 'none'],
} as const satisfies Pick<Column, 'words' | 'known'>

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const codes = letters.flatMap((first) => letters.map((second) => first + second))

/** A country by its code. */
export const countryWords = {
  words: (code) => countryName(code),
  known: () => codes.filter((code) => countryName(code) !== code),
} as const satisfies Pick<Column, 'words' | 'known'>
