import { decoded, exported, exportsIn, tableAt } from '@/lib/paths'
import { type Extent, type Format, formatNames, formats, LARGE_ROWS } from './formats'

/** What a list can be taken out as, each with its address. */
export type ExportChoices = {
  /** Many rows are made while one goes on working, and their addresses lead to where such an export is started. */
  isLarge: boolean
  extents: { title: string; files: { label: string; href: string }[] }[]
}

const TITLES: Record<Extent, string> = { shown: 'Columns as shown', all: 'All columns' }

type List = {
  path: string
  search: string
  total: number
  isCapped: boolean
  /** Whether its columns can be chosen: else it has no others than those shown. */
  hasChoice: boolean
}

/** Every row that matches, whatever page is shown. */
export function exportChoices({ path, search, total, isCapped, hasChoice }: List): ExportChoices {
  const isLarge = isCapped || total > LARGE_ROWS
  const extents: Extent[] = hasChoice ? ['shown', 'all'] : ['shown']
  return {
    isLarge,
    extents: extents.map((extent) => ({
      title: TITLES[extent],
      files: formatNames.map((format) => ({
        label: formats[format].label,
        href: (isLarge ? jobHref : exportHref)(path, search, format, extent),
      })),
    })),
  }
}

function exportHref(path: string, search: string, format: Format, extent: Extent): string {
  return `${exported(path)}?${asked(search, format, extent)}`
}

/** The page where such an export is started: of the account that the list is in, and of the list's tab. */
function jobHref(path: string, search: string, format: Format, extent: Extent): string {
  const { domain = '', name = '' } = tableAt(path) ?? {}
  const params = asked(search, format, extent)
  params.set('of', name)
  return `${exportsIn(decoded(domain) ?? domain)}?${params}`
}

function asked(search: string, format: Format, extent: Extent): URLSearchParams {
  const params = new URLSearchParams(search)
  for (const name of ['page', 'size']) params.delete(name)
  params.set('format', format)
  if (extent === 'all') params.set('columns', extent)
  return params
}
