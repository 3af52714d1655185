import type { ReactNode } from 'react'
import { Icon } from './icon'
import { Link } from './link'

type PagerProps = {
  /** "1–50 of 6,000 devices". */
  summary: ReactNode
  /** From 1. */
  page: number
  pages: number
  href: (page: number) => string
  /** What it is called, where a page has more than one. */
  label?: string
  /** Rows a page, jump to a page. */
  children?: ReactNode
}

/** Plain links to the first, the near and the last pages. */
export function Pager({ summary, page, pages, href, label = 'Pages', children }: PagerProps) {
  return (
    <nav className="pager" aria-label={label}>
      <p className="text-ink-muted">{summary}</p>
      {children}
      <div className="pager-links">
        <Step label="Previous page" icon="chevron-left" {...(page > 1 && { href: href(page - 1) })} />
        {pageNumbers(page, pages).map((number, index, all) => (
          <PageLink
            key={number}
            number={number}
            gap={number - (all[index - 1] ?? number) > 1}
            page={page}
            href={href}
          />
        ))}
        <Step label="Next page" icon="chevron-right" {...(page < pages && { href: href(page + 1) })} />
      </div>
    </nav>
  )
}

/** First, last and the two on each side of the current page, in order. */
export function pageNumbers(page: number, pages: number): number[] {
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, pages]
  return [...new Set(near)].filter((number) => number >= 1 && number <= pages).toSorted((a, b) => a - b)
}

function PageLink(props: { number: number; gap: boolean; page: number; href: (page: number) => string }) {
  const { number, gap, page, href } = props
  return (
    <>
      {gap ? (
        <span className="page-link text-ink-muted" aria-hidden="true">
          …
        </span>
      ) : null}
      <Link
        href={href(number)}
        className="page-link"
        aria-label={`Page ${number.toLocaleString('en-US')}`}
        {...(number === page && { 'aria-current': 'page' })}
      >
        {number.toLocaleString('en-US')}
      </Link>
    </>
  )
}

function Step({ label, icon, href }: { label: string; icon: 'chevron-left' | 'chevron-right'; href?: string }) {
  if (!href) {
    return (
      <span className="page-link" aria-disabled="true">
        <Icon name={icon} />
      </span>
    )
  }
  return (
    <Link href={href} className="page-link" aria-label={label}>
      <Icon name={icon} />
    </Link>
  )
}
