import type { ReactNode } from 'react'
import { Link } from './link'

/** The frame of a page's content; the skip link and the shortcuts aim at it. One a page. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="page">
      {children}
    </main>
  )
}

type PageHeaderProps = {
  title: ReactNode
  /** One line under the title: what this page counts, or the object's own facts. */
  summary?: ReactNode
  /** A Breadcrumb. */
  trail?: ReactNode
  /** Buttons; not printed. */
  actions?: ReactNode
  /** "As of 5 May 2026, 10:20 UTC"; printed too. */
  asOf?: ReactNode
}

export function PageHeader({ title, summary, trail, actions, asOf }: PageHeaderProps) {
  return (
    <header className="page-header">
      <div className="grid gap-1 min-w-0">
        {trail}
        <h1 className="wrap-anywhere">{title}</h1>
        {summary ? <p className="text-ink-muted">{summary}</p> : null}
        {asOf ? <p className="as-of">{asOf}</p> : null}
      </div>
      {actions ? <div className="page-header-actions">{actions}</div> : null}
    </header>
  )
}

type CardProps = { title?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string; id?: string }

/** A titled box. Its heading is an h2: a page has one h1, in PageHeader. */
export function Card({ title, actions, children, className = '', id }: CardProps) {
  return (
    <section className={`card ${className}`} {...(id && { id, 'aria-labelledby': `${id}-title` })}>
      {title ? (
        <div className="card-header">
          <h2 {...(id && { id: `${id}-title` })}>{title}</h2>
          {actions}
        </div>
      ) : null}
      <div className="card-body">{children}</div>
    </section>
  )
}

export type Crumb = { label: string; href?: string }

/** The way here; the last one is this page and has no link. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="breadcrumb">
        {crumbs.map(({ label, href }) => (
          <li key={label}>{href ? <Link href={href}>{label}</Link> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  )
}
