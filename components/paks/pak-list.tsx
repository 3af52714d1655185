import type { ReactNode } from 'react'
import type { MaskedPak } from '@/lib/paks/queries'

/** `formOf` is what reveals a PAK; without it, as in a review, none can be. */
type Props = { paks: readonly MaskedPak[]; formOf: ((id: number) => ReactNode) | undefined }

/** PAKs by their last four characters, each to be revealed by who may. */
export function PakList({ paks, formOf }: Props) {
  return (
    <ul className="device-list">
      {paks.map(({ id, masked, state, order, mayReveal }) => (
        <li key={id}>
          <b className="identifier">{masked}</b>
          {mayReveal && formOf ? (
            <details className="paper-sum">
              <summary>
                Reveal<span className="sr-only"> the PAK ending in {masked.slice(-4)}</span>
              </summary>
              {formOf(id)}
            </details>
          ) : (
            <span className="text-ink-muted">{mayReveal ? '' : 'Only roles that assign may reveal it.'}</span>
          )}
          <span className="facts-source">
            {state}
            {order ? `, order ${order}` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
