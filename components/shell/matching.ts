import type { Command } from './types'

const startsWith = (text: string, words: string) => Number(!text.toLowerCase().startsWith(words))

/** Commands that hold every word, those whose label begins with the text first; the account's own search comes last. */
export function matching(commands: Command[], text: string, searchHref?: string): Command[] {
  const words = text.trim().toLowerCase()
  const parts = words.split(/\s+/)
  const found = commands.filter(({ label, group, keywords = '' }) => {
    const all = `${label} ${group} ${keywords}`.toLowerCase()
    return parts.every((part) => all.includes(part))
  })
  if (!words) return found
  const sorted = found.toSorted((a, b) => startsWith(a.label, words) - startsWith(b.label, words))
  // Options are drawn group by group: keep a group's members together, groups by their best member.
  const groups = [...new Set(sorted.map(({ group }) => group))]
  const pages = groups.flatMap((group) => sorted.filter((command) => command.group === group))
  if (!searchHref) return pages
  const href = `${searchHref}?q=${encodeURIComponent(text.trim())}`
  return [...pages, { label: `Search this account for “${text.trim()}”`, group: 'Search', href }]
}
