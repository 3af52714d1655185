import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { Card } from '@/components/ui/surface'
import type { Differing } from '@/lib/importing/inbox'
import { things } from './things'

type DifferenceCardProps = {
  difference: Differing
  /** The page of the thing, where it has one. */
  href?: string
  /** The import that the other value came with. */
  fileHref: string
  readInstant: (at: Date) => string
  /** The ways to settle it. */
  children: ReactNode
}

/** Both sayings side by side, each with who said it and as of when. */
export function DifferenceCard({ difference, href, fileHref, readInstant, children }: DifferenceCardProps) {
  const { id, subject, name, values, here, incoming } = difference
  return (
    <Card id={`difference-${id}`} title={`${name || 'Without a name'} (${things[subject] ?? subject})`}>
      <div className="table-box table-box-natural">
        <table className="data-table">
          <caption className="sr-only">What differs of {name}</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Here</th>
              <th scope="col">In the file</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ label, before, after }) => (
              <tr key={label}>
                <th scope="row" className="wrap">
                  {label}
                </th>
                <td className="wrap">{before ?? 'nothing'}</td>
                <td className="wrap">{after ?? 'nothing'}</td>
              </tr>
            ))}
            <tr>
              <th scope="row" className="wrap">
                Who says so
              </th>
              <td className="wrap">{here.source}</td>
              <td className="wrap">
                {incoming.source}, in{' '}
                <Link href={fileHref} className="link">
                  {incoming.file}
                </Link>
                , {incoming.unit} {incoming.line.toLocaleString('en-US')}
              </td>
            </tr>
            <tr>
              <th scope="row" className="wrap">
                As of
              </th>
              <td className="wrap">{readInstant(here.asOf)}</td>
              <td className="wrap">{readInstant(incoming.asOf)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <div className="mt-3 grid gap-3">
        {href ? (
          <p>
            <Link href={href} className="link">
              Open the device
            </Link>
          </p>
        ) : null}
        {children}
      </div>
    </Card>
  )
}
