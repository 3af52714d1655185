import type { licenses } from '../schema/licenses'
import type { Product } from './catalogue'

type LicenseRow = typeof licenses.$inferSelect

/** A license that a device uses: the SKU that is bought, and the name under which devices report it. */
export type Entitlement = { sku: string; name: string; method: LicenseRow['method']; type: 'TERM' | 'PERPETUAL' }

const smart = (sku: string, name: string, type: Entitlement['type'] = 'TERM'): Entitlement => ({
  sku,
  name,
  method: 'smart',
  type,
})
const traditional = (sku: string, name: string): Entitlement => ({
  sku,
  name,
  method: 'traditional',
  type: 'PERPETUAL',
})
const cloud = (sku: string, name: string): Entitlement => ({ sku, name, method: 'cloud', type: 'TERM' })

type Rule = (product: Product, advantage: boolean) => Entitlement | null

/** C9200 and C9300: by series, number of ports and tier. */
const stackable: Rule = ({ pid }, advantage) => {
  const [, series, ports] = /^(C9[23]00L?)[A-Z]*-(24|48)/.exec(pid) ?? []
  if (!series || !ports) return null
  const tier = advantage ? 'Advantage' : 'Essentials'
  return smart(`${series}-DNA-${advantage ? 'A' : 'E'}-${ports}`, `${series} ${ports}P DNA ${tier}`)
}

const core: Rule = ({ pid }, advantage) => {
  const model = /^C9500-(40X|24Q|12Q)/.exec(pid)?.[1]
  if (model === '40X' && !advantage) return smart('C9500-DNA-40X-E', 'C9500 40X DNA Essentials')
  return model ? smart(`C9500-DNA-${model}-A`, `C9500 ${model} DNA Advantage`) : null
}

const branch: Rule = ({ pid }, advantage) => {
  const model = /^ISR(43[235]|44)/.exec(pid)?.[1]
  if (model === '44') return traditional('SL-44-SEC-K9', 'ISR_4400_Security')
  if (!model) return null
  if (advantage && model === '433') return traditional('SL-4330-UC-K9', 'ISR_4330_UnifiedCommunication')
  return smart(`FL-${model}0-HSEC-K9`, `ISR_${model}1_Hsec`, 'PERPETUAL')
}

const accessPoint: Rule = (_product, advantage) =>
  advantage ? smart('AIR-DNA-A', 'AIR DNA Advantage') : smart('AIR-DNA-E', 'AIR DNA Essentials')

const firewall: Rule = ({ pid }) => {
  const model = /^FPR(1120|2130|4110)/.exec(pid)?.[1]
  return model ? smart(`L-FPR${model}T-TMC-3Y`, `FPR${model} Threat Defense Malware URL`) : null
}

const phone: Rule = (_product, advantage) =>
  advantage
    ? smart('LIC-CUCM-12X-ENH', 'UC Manager Enhanced License (12.x)', 'PERPETUAL')
    : smart('LIC-CUCM-12X-ESS', 'UC Manager Essential License (12.x)', 'PERPETUAL')

/** A cloud service is its own license; one that has been withdrawn is not bought any more. */
const own: Rule = ({ pid, description, endOfSale }) => (endOfSale === null ? cloud(pid, description) : null)

const RULES: Readonly<Record<string, Rule>> = {
  'Catalyst 9200': stackable,
  'Catalyst 9300': stackable,
  'Catalyst 9400': ({ pid }, advantage) =>
    !/R$/.test(pid)
      ? null
      : smart(`C9400-DNA-${advantage ? 'A' : 'E'}`, `C9400 DNA ${advantage ? 'Advantage' : 'Essentials'}`),
  'Catalyst 9500': core,
  'Catalyst 9600': ({ pid }) => (pid === 'C9606R' ? smart('C9600-DNA-A', 'C9600 DNA Advantage') : null),
  'ISR 4000': branch,
  'ASR 1000': ({ pid }) => (pid === 'ASR1001-X' ? traditional('FLSA1-1X-10-20G', 'ASR1001X_10G_20G_Upgrade') : null),
  'Catalyst 8000 Edge': (_product, advantage) =>
    smart(`DNA-P-T1-${advantage ? 'A' : 'E'}-3Y`, `Router WAN T1 DNA ${advantage ? 'Advantage' : 'Essentials'}`),
  'Nexus 9000': (_product, advantage) =>
    advantage
      ? smart('C1A1TN9300XF-3Y', 'Nexus 9300 Advantage 10G+')
      : smart('C1E1TN9300XF-3Y', 'Nexus 9300 Essentials 10G+'),
  'Nexus 7700': ({ pid }) => (/^N77-C77\d\d$/.test(pid) ? traditional('N77-VDC1K9', 'N7700_VDC') : null),
  'UCS Servers': () => cloud('DC-MGT-IS-SAAS-ES', 'Intersight Essentials'),
  'Secure Firewall': firewall,
  'Identity Services Engine': (_product, advantage) =>
    advantage ? smart('ISE-A-LIC', 'ISE Advantage') : smart('ISE-E-LIC', 'ISE Essentials'),
  'IP Phones': phone,
  'Room and Board': () => smart('LIC-EXP-ROOM', 'UC Manager Telepresence Room License', 'PERPETUAL'),
  'Aironet 1800': accessPoint,
  'Aironet 2800/3800/4800': accessPoint,
  'Outdoor Wireless': (product, advantage) => (product.pid.startsWith('AIR-') ? accessPoint(product, advantage) : null),
  'Catalyst 9100': accessPoint,
  Meraki: ({ pid }) => (pid === 'MR46-HW' ? cloud('LIC-ENT-3YR', 'Meraki Enterprise AP') : null),
  Duo: ({ pid, description }) => cloud(pid, `Duo ${description.split(', ')[1] ?? 'essentials'}`),
  'Security Cloud': own,
  Webex: own,
}

/** The license that a device of a product uses; null for what needs none. Some sites buy the higher tier. */
export function entitlementOf(product: Product, advantage: boolean): Entitlement | null {
  return RULES[product.family]?.(product, advantage) ?? null
}

/** How many licenses one device uses: seats of a cloud service or sessions of an identity server, else 1. */
export function seatsOf(product: Product, roll: number): number {
  if (product.assetType === 'cloud') return 25 * (1 + Math.floor(roll * 60))
  return product.family === 'Identity Services Engine' ? 100 * (1 + Math.floor(roll * 8)) : 1
}
