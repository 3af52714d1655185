import type { Trade } from './accounts'
import type { Product } from './catalogue'

/** How a product family is bought and what its devices look like. */
export type FamilyShape = {
  /** Stands in the names of its devices. */
  role: string
  /** How often an order line is of this family, beside the others. */
  weight: number
  /** Devices on one order line, from and to. */
  units: readonly [number, number]
  warranty: string
  /** Software versions from old to new; newer devices have newer ones, some were never upgraded. */
  versions: readonly string[]
}

const IOS_XE = ['16.6.4', '16.9.8', '16.12.4', '17.3.5', '17.6.4', '17.9.4a', '17.12.3', '17.15.1']
const IOS = ['15.2(4)E8', '15.2(7)E2', '15.2(7)E7', '15.2(8)E5']
const NX_OS = ['7.0(3)I7(9)', '9.2(4)', '9.3(10)', '10.2(5)', '10.3(4a)']
const AP = ['8.5.182.0', '8.10.130.0', '17.3.4', '17.6.4', '17.9.4']
const FTD = ['6.4.0.17', '6.6.5', '7.0.6', '7.2.5', '7.4.1']
const PHONE = ['12.8.1', '14.0.1', '14.2.1', '14.3.1']
const ROOM = ['CE 9.15.3', 'RoomOS 10.19', 'RoomOS 11.5', 'RoomOS 11.14']
const NONE: readonly string[] = []

const shape = (
  role: string,
  weight: number,
  units: readonly [number, number],
  warranty: string,
  versions: readonly string[],
): FamilyShape => ({ role, weight, units, warranty, versions })

const LIFE = 'WARR-LTD-LIFE-HW'
const YEAR = 'WARR-1YR-LTD-HW'
const THREE = 'WARR-3YR-HW-90D-SW'
const QUARTER = 'WARR-90D-SW'

export const SHAPES: Readonly<Record<string, FamilyShape>> = {
  'Catalyst 1000': shape('acc', 6, [1, 10], LIFE, IOS),
  'Catalyst 2000/3000': shape('acc', 6, [1, 12], LIFE, IOS),
  'Catalyst 9200': shape('acc', 9, [2, 16], LIFE, IOS_XE),
  'Catalyst 9300': shape('dis', 12, [2, 14], LIFE, IOS_XE),
  'Catalyst 9400': shape('dis', 3, [1, 2], LIFE, IOS_XE),
  'Catalyst 9500': shape('cor', 4, [1, 4], LIFE, IOS_XE),
  'Catalyst 9600': shape('cor', 1, [1, 2], LIFE, IOS_XE),
  'Industrial Ethernet': shape('ind', 4, [1, 12], LIFE, IOS),
  'ISR 4000': shape('rtr', 7, [1, 6], YEAR, IOS_XE),
  'ISR 800/1000': shape('rtr', 6, [1, 10], YEAR, IOS_XE),
  'ASR 1000': shape('wan', 3, [1, 2], YEAR, IOS_XE),
  'Catalyst 8000 Edge': shape('wan', 5, [1, 6], YEAR, IOS_XE),
  'Service Provider Routing': shape('wan', 1, [1, 2], YEAR, NONE),
  'Small Business RV': shape('rtr', 2, [1, 8], YEAR, ['1.0.03.24', '1.0.03.29']),
  'Nexus 9000': shape('nex', 5, [1, 6], YEAR, NX_OS),
  'Nexus 7700': shape('nex', 1, [1, 1], YEAR, ['8.2(8)', '8.4(6)']),
  'Nexus 2000/3000': shape('nex', 3, [1, 6], YEAR, NX_OS),
  'UCS Servers': shape('srv', 4, [1, 6], THREE, ['4.1(3d)', '4.2(3i)', '4.3(2c)']),
  'Data Center Management': shape('dcm', 3, [1, 3], QUARTER, NONE),
  'Secure Firewall': shape('fwl', 5, [1, 4], YEAR, FTD),
  'Identity Services Engine': shape('ise', 2, [1, 3], YEAR, ['2.7.0', '3.0.0', '3.1.0', '3.2.0']),
  'Email and Web Security': shape('esa', 1, [1, 2], YEAR, ['14.0.0', '15.0.1', '15.5.1']),
  'Secure Network Analytics': shape('sna', 1, [1, 1], YEAR, ['7.3.2', '7.4.2', '7.5.0']),
  'IP Phones': shape('phn', 8, [4, 40], YEAR, PHONE),
  'Room and Board': shape('rom', 4, [1, 6], YEAR, ROOM),
  'Unified Communications': shape('ucm', 5, [1, 6], QUARTER, ['11.5.1', '12.5.1', '14.0.1']),
  'Aironet 1800': shape('apn', 7, [4, 30], LIFE, AP),
  'Aironet 2800/3800/4800': shape('apn', 8, [4, 40], LIFE, AP),
  'Outdoor Wireless': shape('apo', 3, [1, 10], YEAR, AP),
  'Catalyst 9100': shape('apn', 8, [4, 40], LIFE, AP),
  'Catalyst 9800': shape('wlc', 2, [1, 2], YEAR, IOS_XE),
  Meraki: shape('mer', 1, [1, 8], LIFE, NONE),
  Duo: shape('duo', 2, [1, 1], '', NONE),
  'Security Cloud': shape('sec', 3, [1, 1], '', NONE),
  Webex: shape('wbx', 2, [1, 1], '', NONE),
  ThousandEyes: shape('tho', 1, [1, 1], '', NONE),
}

/** What a trade buys more or less of than others. */
const TASTE: Readonly<Record<Trade, Readonly<Record<string, number>>>> = {
  logistics: {
    'Industrial Ethernet': 1.6,
    'Outdoor Wireless': 2.5,
    'Small Business RV': 5,
    'Unified Communications': 1.5,
  },
  hospital: {
    'Outdoor Wireless': 16,
    'Small Business RV': 24,
    'Unified Communications': 16,
    'Catalyst 2000/3000': 3,
    'IP Phones': 0.3,
    'Aironet 1800': 0.3,
    'Aironet 2800/3800/4800': 0.3,
    'Catalyst 9100': 0.1,
    'Catalyst 9200': 0.2,
    'Catalyst 9300': 0.2,
    'Nexus 9000': 0.3,
  },
  partner: { 'UCS Servers': 2, Meraki: 4, 'IP Phones': 0.3 },
  university: { 'Catalyst 9100': 2, 'Catalyst 9300': 1.5, 'Small Business RV': 0, 'Industrial Ethernet': 0.2 },
  company: {},
}

/** Software of products that differ from their family. */
const OTHER_VERSIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^C8\d\d/, ['15.5(3)M9', '15.7(3)M8', '15.8(3)M7']],
  [/^FLMESH/, ['9.4', '9.5', '9.6.1']],
  [/^(FMC|FS-)/, ['6.6.7', '7.0.6', '7.2.8']],
  [/^(EXPWY|SW-EXP)/, ['X12.7.1', 'X14.0.3']],
  [/^VG/, ['15.7(3)M5', '16.12.5']],
]

/** Software versions of a product from old to new; empty when it reports none. */
export function versionsOf(product: Product): readonly string[] {
  const other = OTHER_VERSIONS.find(([pattern]) => pattern.test(product.pid))?.[1]
  return other ?? SHAPES[product.family]?.versions ?? NONE
}

/** How likely a line of an order of `trade` is of `family`; 0 for what is no device of its own. */
export function weightOf(family: string, trade: Trade): number {
  return (SHAPES[family]?.weight ?? 0) * (TASTE[trade][family] ?? 1)
}

const MODULE = /module|line card|supervisor|power supply|processor|compute node/i

/** Whether a product is built into another one. */
export function isModule(product: Product): boolean {
  return MODULE.test(product.description)
}

type Part = { pids: readonly string[]; count: number; share: number }

const part = (pids: string, count: number, share = 1): Part => ({ pids: pids.split(' '), count, share })

const PARTS: readonly { chassis: RegExp; parts: readonly Part[] }[] = [
  {
    chassis: /^C9300-/,
    parts: [part('C9300-NM-8X C9300-NM-2Y', 1, 0.5), part('PWR-C1-715WAC-P PWR-C1-1100WAC-P', 1, 0.4)],
  },
  {
    chassis: /^C94\d\dR$/,
    parts: [
      part('C9400-SUP-1XL C9400-SUP-1 C9400-SUP-2', 1),
      part('C9400-LC-48P C9400-LC-48U', 2),
      part('C9400-PWR-3200AC', 2),
    ],
  },
  { chassis: /^C9606R$/, parts: [part('C9600-SUP-1', 1), part('C9600-LC-24C', 1), part('C9600-PWR-2KWAC', 2)] },
  { chassis: /^ISR44/, parts: [part('PWR-4430-AC PWR-4450-AC', 1, 0.5), part('NIM-2GE-CU-SFP', 1, 0.4)] },
  { chassis: /^ISR43/, parts: [part('NIM-LTEA-EA NIM-2GE-CU-SFP', 1, 0.3)] },
  { chassis: /^ASR1006$/, parts: [part('ASR1000-RP2', 1), part('ASR1000-ESP100', 1), part('ASR1000-SIP40', 2)] },
  { chassis: /^N77-C77/, parts: [part('N77-AC-3KW', 3), part('N77-F348XP-23 N77-F324FQ-25', 2)] },
  { chassis: /^UCSX-9508$/, parts: [part('UCSX-210C-M7', 4)] },
]

/** The modules that are bought with a product. */
export function partsOf(product: Product): readonly Part[] {
  return PARTS.find(({ chassis }) => chassis.test(product.pid))?.parts ?? []
}
