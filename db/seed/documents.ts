import { createHash } from 'node:crypto'
import type { documents, legalDocuments } from '../schema/orders'
import { iso } from './days'
import { demoSoftware, demoText } from './demo-files'
import type { Ids } from './ids'
import { LEGAL } from './legal-texts'
import type { Loader } from './loader'

type DocumentRow = typeof documents.$inferSelect
type Draft = Omit<DocumentRow, 'smartAccountId' | 'id' | 'orderLineId'>

/** What was bought with a line of licenses, as its documents tell it. */
export type Bought = {
  account: string
  sku: string
  name: string
  quantity: number
  start: number
  end: number | null
  salesOrder: string
  line: string
}

const NOTE = 'Demo data: this document licenses nothing.'

/** The certificate of a line. */
export function certificate({ account, sku, name, quantity, start, end, salesOrder, line }: Bought): Draft {
  const text = [
    'License Certificate',
    `Account: ${account}`,
    `License: ${name} (${sku})`,
    `Quantity: ${quantity}`,
    `Valid: ${iso(start)} to ${end === null ? 'perpetual' : iso(end)}`,
    `Order: ${salesOrder}, line ${line}`,
    '',
    NOTE,
  ].join('\n')
  return {
    kind: 'license_certificate',
    title: `Certificate ${salesOrder} line ${line}: ${name}`,
    ...demoText(text, 'pdf'),
  }
}

/** The key file of a line, as a device would take it. */
export function licenseKey({ account, sku, name, quantity, salesOrder, line }: Bought): Draft {
  const digest = createHash('sha256').update(`${account} ${salesOrder} ${line}`).digest('hex').toUpperCase()
  const text = [
    `# License key for ${account}, order ${salesOrder}, line ${line}. ${NOTE}`,
    `PRODUCT ${sku} "${name}"`,
    `QUANTITY ${quantity}`,
    ...(digest.match(/.{32}/g) ?? []).map((part) => `KEY ${part.replace(/.{8}(?=.)/g, '$&-')}`),
    'END',
    '',
  ].join('\n')
  return { kind: 'license_key', title: `License key ${salesOrder} line ${line}`, ...demoText(text, 'txt') }
}

/** The software that came with a line, the same for everybody who bought it. */
export function software({ sku, name }: Pick<Bought, 'sku' | 'name'>): Draft {
  return { kind: 'software', title: `Software for ${name}, 17.12.4`, ...demoSoftware(sku, '17.12.4') }
}

type Shipped = { account: string; salesOrder: string; line: string; pid: string; description: string; quantity: number }

/** What lay in the boxes of a line. */
export function packingList({ account, salesOrder, line, pid, description, quantity }: Shipped): Draft {
  const text = [
    'PACKING LIST',
    `Ship to: ${account}`,
    `Order: ${salesOrder}, line ${line}`,
    '',
    `${quantity} x ${pid}`,
    `    ${description}`,
    '',
    NOTE,
    '',
  ].join('\n')
  return { kind: 'packing_list', title: `Packing list ${salesOrder} line ${line}`, ...demoText(text, 'txt') }
}

/** The documents of a line, ready to be written. */
export function addDocuments(
  loader: Loader,
  table: typeof documents,
  place: Pick<DocumentRow, 'smartAccountId' | 'orderLineId'>,
  drafts: readonly Draft[],
  ids: Ids,
): void {
  for (const draft of drafts) loader.add(table, { ...place, id: ids.next('documents'), ...draft })
}

/** General Terms and Offer Descriptions, some in two versions. */
export function legalRows(today: number, ids: Ids): (typeof legalDocuments.$inferSelect)[] {
  return LEGAL.map(({ title, versionLabel, years, family, clauses }) => {
    const effective = iso(today - years * 365)
    const text = [title, `Version ${versionLabel}, in force from ${effective}`, '', ...clauses].join('\n')
    return {
      id: ids.next('legalDocuments'),
      kind: family === null ? ('general_terms' as const) : ('offer_description' as const),
      title,
      versionLabel,
      effectiveFrom: effective,
      family,
      ...demoText(text, 'pdf'),
    }
  })
}
