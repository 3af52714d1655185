import { Empty } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import type { TableView } from '@/lib/table/view'

/** What stands where rows would: none yet, none that match, or a page behind the last one. */
export function TableState({ state, noun, clearHref, pageHref, pages, page }: TableView) {
  if (state === 'no-match') {
    const actions = <LinkButton href={clearHref}>Clear all filters</LinkButton>
    return (
      <Empty kind="no-match" title={`No ${noun.many} match`} actions={actions}>
        Nothing that you can see here fits the search and the filters together. Take a filter off, or clear all.
      </Empty>
    )
  }
  if (state === 'beyond') {
    const actions = <LinkButton href={`${pageHref}${pages}`}>Go to the last page</LinkButton>
    return (
      <Empty kind="no-match" title={`Page ${page.toLocaleString('en-US')} is behind the end`} actions={actions}>
        The list ends with page {pages.toLocaleString('en-US')}. It may have become shorter since the link was made.
      </Empty>
    )
  }
  return (
    <Empty kind="nothing" title={`No ${noun.many} yet`}>
      They appear here as soon as an order, an import or an assignment brings the first one into what you can see.
    </Empty>
  )
}
