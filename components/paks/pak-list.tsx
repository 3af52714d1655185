import type { MaskedPak } from '@/lib/paks/queries'
import { type RevealAction, RevealForm } from './reveal-form'

type Props = { paks: readonly MaskedPak[]; actionOf: ((id: number) => RevealAction) | undefined }

/** PAKs by their last four characters, each to be revealed by who may. */
export function PakList({ paks, actionOf }: Props) {
  return (
    <ul className="device-list">
      {paks.map(({ id, masked, state, order, mayReveal }) => (
        <li key={id}>
          <b className="identifier">{masked}</b>
          {mayReveal && actionOf ? (
            <details className="paper-sum">
              <summary>
                Reveal<span className="sr-only"> the PAK ending in {masked.slice(-4)}</span>
              </summary>
              <RevealForm action={actionOf(id)} />
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
