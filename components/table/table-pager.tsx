import { Pager } from '@/components/ui/pager'
import type { TableView } from '@/lib/table/view'
import { Kept } from './kept'

type Props = Pick<
  TableView,
  'path' | 'kept' | 'page' | 'pages' | 'pageHref' | 'range' | 'shown' | 'size' | 'sizes' | 'isCapped'
>

/** Where in the list this is, how many rows a page has, and the way to any other page. */
export function TablePager({ path, kept, page, pages, pageHref, range, shown, size, sizes, isCapped }: Props) {
  return (
    <Pager summary={range ? `${range} of ${shown}` : shown} page={page} pages={pages} href={(to) => `${pageHref}${to}`}>
      <p className="page-sizes">
        <span className="text-ink-muted">Rows</span>
        {sizes.map((choice) => (
          <a
            key={choice.size}
            href={choice.href}
            className="page-link"
            {...(choice.size === size && { 'aria-current': 'true' })}
            aria-label={`${choice.size} rows a page`}
          >
            {choice.size}
          </a>
        ))}
      </p>
      {pages > 7 ? (
        <form action={path} className="page-jump">
          <Kept fields={kept} but={['page']} />
          <label>
            <span className="text-ink-muted">Page</span>
            <input
              className="input"
              type="number"
              name="page"
              min={1}
              {...(!isCapped && { max: pages })}
              required
              inputMode="numeric"
              aria-label={isCapped ? 'Go to page' : `Go to page, 1 to ${pages}`}
            />
          </label>
          <button type="submit" className="button button-small">
            Go
          </button>
        </form>
      ) : null}
    </Pager>
  )
}
