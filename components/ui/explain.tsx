import { type ReactNode, useId } from 'react'
import { Icon } from './icon'

type ExplainProps = {
  /** Name of the number: "Service Coverage". */
  of: string
  /** What is counted, in a sentence. */
  counts: ReactNode
  formula?: ReactNode
  excludes?: ReactNode
  source?: ReactNode
  asOf?: ReactNode
  /** The very rows that are counted. */
  rowsHref?: string
}

/** "Explain this number": a popover that the browser opens, places and closes by itself. */
export function Explain({ of, counts, formula, excludes, source, asOf, rowsHref }: ExplainProps) {
  const id = useId()
  const rows = [
    ['How', formula],
    ['Left out', excludes],
    ['Source', source],
    ['As of', asOf],
  ] as const
  return (
    <>
      <button type="button" className="explain" popoverTarget={id} aria-label={`Explain ${of}`}>
        <Icon name="help" />
      </button>
      <div id={id} popover="auto" className="popover explanation">
        <strong>{of}</strong>
        <p>{counts}</p>
        <dl>
          {rows.map(([label, text]) =>
            text ? (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ) : null,
          )}
        </dl>
        {rowsHref ? (
          <a href={rowsHref} className="link">
            Show the rows
          </a>
        ) : null}
      </div>
    </>
  )
}

type TooltipProps = { id: string; text: string; children: ReactNode }

/** A hint shown on hover and focus by CSS alone. The control inside names it with `aria-describedby={id}`. */
export function Tooltip({ id, text, children }: TooltipProps) {
  return (
    <span className="tooltip">
      {children}
      <span role="tooltip" id={id}>
        {text}
      </span>
    </span>
  )
}
