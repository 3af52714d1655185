import { type ReactNode, useId } from 'react'
import { Icon } from '@/components/ui/icon'

export type FigureProps = {
  title: string
  /** One sentence: what is drawn, of what. */
  caption?: ReactNode
  /** An Explain popover. */
  explain?: ReactNode
  /** A small GET form: architecture, country. */
  filters?: ReactNode
  children: ReactNode
}

/** Heading, explanation, filters and one drawing, as one figure. */
export function Figure({ title, caption, explain, filters, children }: FigureProps) {
  const id = useId()
  return (
    <figure className="card figure" aria-labelledby={id}>
      <div className="card-header">
        <div className="flex items-center gap-1">
          <h2 id={id}>{title}</h2>
          {explain}
        </div>
        {filters ? <div className="figure-filters">{filters}</div> : null}
      </div>
      <div className="card-body">
        {caption ? <figcaption className="figure-caption">{caption}</figcaption> : null}
        {children}
      </div>
    </figure>
  )
}

/** The figures behind a drawing, folded away until asked for. */
export function FoldedTable({ open, children }: { open: boolean; children: ReactNode }) {
  return (
    <details className="figure-data" open={open}>
      <summary>
        <Icon name="chevron-right" />
        Figures as a table
      </summary>
      {children}
    </details>
  )
}

/** Stands where bars would stand when everything counted is zero. */
export function NothingDrawn({ height, children }: { height: number; children: ReactNode }) {
  return (
    <p className="grid place-content-center text-center text-ink-muted" style={{ blockSize: height }}>
      {children}
    </p>
  )
}
