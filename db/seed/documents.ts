import { createHash } from 'node:crypto'
import type { legalDocuments } from '../schema/orders'
import { iso } from './days'
import type { Ids } from './ids'

/** What a license certificate of the demo says. It can be written again from the order line, to the same bytes. */
export type Certificate = {
  account: string
  sku: string
  name: string
  quantity: number
  start: number
  end: number | null
  salesOrder: string
  line: string
}

export function certificateText(certificate: Certificate): string {
  const { account, sku, name, quantity, start, end, salesOrder, line } = certificate
  return [
    'LICENSE CERTIFICATE',
    `Account: ${account}`,
    `License: ${name} (${sku})`,
    `Quantity: ${quantity}`,
    `Valid: ${iso(start)} to ${end === null ? 'perpetual' : iso(end)}`,
    `Order: ${salesOrder}, line ${line}`,
    '',
  ].join('\n')
}

/** Key, size and digest of a stored text. */
export function stored(folder: string, text: string): { storageKey: string; bytes: number; sha256: string } {
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { storageKey: `${folder}/${sha256}.txt`, bytes: Buffer.byteLength(text), sha256 }
}

const LEGAL = [
  { title: 'General Terms', versionLabel: '1.0', years: 6, family: null },
  { title: 'General Terms', versionLabel: '1.1', years: 2, family: null },
  {
    title: 'Offer Description: campus switching subscriptions',
    versionLabel: '2.0',
    years: 4,
    family: 'Switching Licenses',
  },
  {
    title: 'Offer Description: campus switching subscriptions',
    versionLabel: '3.0',
    years: 1,
    family: 'Switching Licenses',
  },
  { title: 'Offer Description: sign-in protection', versionLabel: '1.4', years: 2, family: 'Duo' },
  { title: 'Offer Description: cloud security', versionLabel: '1.2', years: 2, family: 'Security Cloud' },
  { title: 'Offer Description: meetings and calling', versionLabel: '2.1', years: 3, family: 'Webex' },
] as const

/** General Terms and Offer Descriptions, some in two versions. */
export function legalRows(today: number, ids: Ids): (typeof legalDocuments.$inferSelect)[] {
  return LEGAL.map(({ title, versionLabel, years, family }) => {
    const effective = iso(today - years * 365)
    const text = `${title}\nVersion ${versionLabel}, in force from ${effective}\n\nA text of the demo without legal effect.\n`
    return {
      id: ids.next('legalDocuments'),
      kind: family === null ? ('general_terms' as const) : ('offer_description' as const),
      title,
      versionLabel,
      effectiveFrom: effective,
      family,
      ...stored('legal', text),
    }
  })
}
