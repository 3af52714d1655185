import type { ReactNode } from 'react'

export type Fact = {
  label: string
  /** Nothing shows as "–". */
  value: ReactNode
  /** Where it comes from and as of when: "Import of 5 May 2026". */
  source?: ReactNode
}

type Known = { label: string; value: string; isCode: boolean; source?: string | null }

/** A fact in words; a number or name by which things are told apart stands in figures that cannot be mistaken. */
export const factOf = ({ label, value, isCode, source }: Known): Fact => ({
  label,
  value: value && isCode ? <span className="identifier">{value}</span> : value,
  ...(source && { source }),
})

/** What is known about one object, each fact with its source. */
export function Facts({ items }: { items: Fact[] }) {
  return (
    <dl className="facts">
      {items.map(({ label, value, source }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value === null || value === undefined || value === '' ? <Missing /> : value}
            {source ? <span className="facts-source">{source}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Missing() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr-only">none</span>
    </>
  )
}
