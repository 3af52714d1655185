import type { ReactNode } from 'react'
import { Section } from '@/components/devices/section'
import { Deliveries } from '@/components/orders/deliveries'
import { Papers } from '@/components/orders/papers'
import { PakList } from '@/components/paks/pak-list'
import { Facts } from '@/components/ui/facts'
import { Pager } from '@/components/ui/pager'
import type { OpenedOrder } from '@/lib/sharing/opened'
import { readDate, readNumber } from '@/lib/table/cells'
import { OpenedLines } from './opened-lines'

const PART = 250
const SHOWN = 500

type Props = {
  order: OpenedOrder
  /** The address of a part of a long list; without it only the first part can be seen, and the page says so. */
  partHref?: (part: 'lines' | 'assets', page: number) => string
  /** The address of a file of it; without it, as in a review, nothing can be downloaded. */
  fileHref?: (file: string) => string
  /** What reveals a PAK; without it, as in a review, none can be. */
  pakForm?: (id: number) => ReactNode
  /** What stands first: why the reader sees it. */
  children?: ReactNode
}

/** All that was opened of an order, and nothing else of it. */
export function OpenedOrderView({ order, partHref, fileHref, pakForm, children }: Props) {
  const {
    number,
    orderedOn,
    customerOrderNumber,
    webOrderNumber,
    lines,
    assets,
    licenses,
    deliveries,
    documents,
    terms,
    paks,
  } = order
  const whole = [
    ...(webOrderNumber ? [{ label: 'Web order', value: <span className="identifier">{webOrderNumber}</span> }] : []),
    ...(customerOrderNumber
      ? [{ label: 'Customer order', value: <span className="identifier">{customerOrderNumber}</span> }]
      : []),
  ]
  return (
    <div className="device">
      {children ? <Section title="Why you see it">{children}</Section> : null}
      <Section title="Order">
        <Facts
          items={[
            { label: 'Sales order', value: <span className="identifier">{number}</span> },
            ...whole,
            { label: 'Ordered', value: readDate(orderedOn) },
            { label: 'Lines open to you', value: readNumber(lines.total) },
            { label: 'Assets open to you', value: readNumber(assets.total) },
          ]}
        />
      </Section>
      <Section title="Lines">
        <OpenedLines rows={lines.rows} />
        <Part name="lines" {...lines} href={partHref} />
      </Section>
      <Section title="Assets">
        <Assets {...assets} />
        <Part name="assets" {...assets} href={partHref} />
      </Section>
      <Section title="Licenses">
        <Licenses licenses={licenses} />
      </Section>
      <Section title="Deliveries">
        <Deliveries deliveries={deliveries} most={SHOWN} />
      </Section>
      <Section title="Documents">
        <Papers documents={documents} terms={terms} most={SHOWN} fileHref={fileHref} />
      </Section>
      {paks.length > 0 ? (
        <Section title="PAKs">
          <PakList paks={paks} formOf={pakForm} />
        </Section>
      ) : null}
    </div>
  )
}

function Assets({ rows }: OpenedOrder['assets']) {
  if (rows.length === 0) return <p className="text-ink-muted">No asset is open to you.</p>
  return (
    <ul className="device-list">
      {rows.map(({ id, serialNumber, instanceNumber, pid, description, lineNumber }) => (
        <li key={id}>
          <b>{serialNumber ? `Serial number ${serialNumber}` : `Instance ${instanceNumber}`}</b>
          <span>
            <span className="identifier">{pid}</span> <span className="text-ink-muted">{description}</span>
          </span>
          <span className="facts-source">{lineNumber ? `Line ${lineNumber}` : null}</span>
        </li>
      ))}
    </ul>
  )
}

function Licenses({ licenses }: Pick<OpenedOrder, 'licenses'>) {
  if (licenses.length === 0) return <p className="text-ink-muted">No licenses came with what is open to you.</p>
  return (
    <>
      <ul className="device-list">
        {licenses.slice(0, SHOWN).map(({ id, name, sku, typeText, quantity, startDate, endDate, lineNumber }) => (
          <li key={id}>
            <span>
              <b>{name}</b> <span className="identifier text-ink-muted">{sku}</span>
            </span>
            <span>
              {readNumber(quantity)}, {typeText.toLowerCase()}
              {startDate ? `, from ${readDate(startDate)}` : ''}
              {endDate ? ` to ${readDate(endDate)}` : ''}
            </span>
            <span className="facts-source">Line {lineNumber}</span>
          </li>
        ))}
      </ul>
      {licenses.length > SHOWN ? (
        <p className="device-note text-ink-muted">These are the first {SHOWN}; there are more.</p>
      ) : null}
    </>
  )
}

type PartProps = { name: 'lines' | 'assets'; total: number; page: number; href: Props['partHref'] }

function Part({ name, total, page, href }: PartProps) {
  const pages = Math.ceil(total / PART)
  if (pages <= 1) return null
  const summary = `Page ${page} of ${pages}, ${readNumber(total)} ${name}`
  if (!href)
    return (
      <p className="device-note text-ink-muted">
        These are the first {PART} of {readNumber(total)}.
      </p>
    )
  return <Pager label={`Pages of ${name}`} summary={summary} page={page} pages={pages} href={(to) => href(name, to)} />
}
