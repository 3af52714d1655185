import type { Region } from './places'

/** What a Virtual Account of the demo holds, as a rule for the places whose devices belong in it. */
export type VirtualAccountPlan = {
  name: string
  /** Stands in the names of its devices; no other Virtual Account of the account has it. */
  slug: string
  parent?: string
  description?: string
  restricted?: true
  tags?: readonly string[]
  covers?: { regions?: readonly Region[]; countries?: readonly string[]; cities?: readonly string[] }
}

/** What kind of company it is: says what it buys and what its sites are called. */
export type Trade = 'logistics' | 'hospital' | 'partner' | 'university' | 'company'

export type AccountPlan = {
  domain: string
  name: string
  type: 'CUSTOMER' | 'HOLDING'
  trade: Trade
  /** Three letters that start the names of its devices, its sites and its customer order numbers. */
  slug: string
  devices: number
  countries: readonly string[]
  virtualAccounts: readonly VirtualAccountPlan[]
  agreement?: true
}

const DEFAULT: VirtualAccountPlan = { name: 'DEFAULT', slug: 'def', description: 'Where new orders arrive' }

const AURORA: readonly VirtualAccountPlan[] = [
  DEFAULT,
  { name: 'Americas', slug: 'ame', covers: { regions: ['Americas'] }, tags: ['region'] },
  { name: 'Canada', slug: 'can', parent: 'Americas', covers: { countries: ['CA'] }, tags: ['country'] },
  { name: 'EMEA', slug: 'eme', covers: { regions: ['EMEA'] }, tags: ['region'] },
  { name: 'Germany', slug: 'ger', parent: 'EMEA', covers: { countries: ['DE'] }, tags: ['country'] },
  { name: 'France', slug: 'fra', parent: 'EMEA', covers: { countries: ['FR'] }, tags: ['country'] },
  { name: 'APJC', slug: 'apj', covers: { regions: ['APJC'] }, tags: ['region'] },
  { name: 'Lab', slug: 'lab', restricted: true, description: 'Test equipment; not in any selector' },
]

const BOREALIS: readonly VirtualAccountPlan[] = [
  DEFAULT,
  { name: 'Norway Hospitals', slug: 'nor', covers: { countries: ['NO'] } },
  { name: 'Sweden Hospitals', slug: 'swe', covers: { countries: ['SE'] } },
  { name: 'Uppsala Research', slug: 'upr', parent: 'Sweden Hospitals', covers: { cities: ['upp'] }, restricted: true },
  { name: 'Denmark and Finland Clinics', slug: 'cli', covers: { countries: ['DK', 'FI'] } },
]

const DELTA: readonly VirtualAccountPlan[] = [
  DEFAULT,
  { name: 'Campus', slug: 'cam', covers: { cities: ['gro'] } },
  { name: 'Library', slug: 'lib', parent: 'Campus' },
  { name: 'Research', slug: 'res', covers: { cities: ['ein', 'rtm'] } },
]

const LOGISTICS_COUNTRIES = 'DE US FR SG CA NL JP GB AU IN PL ES MX BR IT AE ZA KR BE CZ VN CO TR TH'.split(' ')

/** The accounts of the demo, the main one with `devices` devices, and `others` more that share a quarter of that. */
export function accountPlans(devices: number, others: number): AccountPlan[] {
  const share = (part: number, most: number) => Math.max(20, Math.min(most, Math.floor(devices / part)))
  return [
    {
      domain: 'aurora.example',
      name: 'Aurora Logistics',
      type: 'CUSTOMER',
      trade: 'logistics',
      slug: 'aur',
      devices,
      countries: LOGISTICS_COUNTRIES,
      virtualAccounts: AURORA,
    },
    {
      domain: 'borealis.example',
      name: 'Borealis Hospitals',
      type: 'CUSTOMER',
      trade: 'hospital',
      slug: 'bor',
      devices: share(5, 1200),
      countries: ['NO', 'SE', 'FI', 'DK'],
      virtualAccounts: BOREALIS,
    },
    {
      domain: 'cobalt.example',
      name: 'Cobalt Networks',
      type: 'CUSTOMER',
      trade: 'partner',
      slug: 'cob',
      devices: share(50, 120),
      countries: ['GB', 'IE'],
      virtualAccounts: [DEFAULT, { name: 'Services', slug: 'ser', covers: { countries: ['GB', 'IE'] } }],
    },
    {
      domain: 'holding.cobalt.example',
      name: 'Cobalt Networks Holding',
      type: 'HOLDING',
      trade: 'partner',
      slug: 'cbh',
      devices: share(100, 60),
      countries: ['GB'],
      virtualAccounts: [DEFAULT, { name: 'Staging', slug: 'sta', covers: { countries: ['GB'] } }],
    },
    {
      domain: 'delta.example',
      name: 'Delta University',
      type: 'CUSTOMER',
      trade: 'university',
      slug: 'del',
      devices: share(15, 400),
      countries: ['NL'],
      virtualAccounts: DELTA,
      agreement: true,
    },
    ...backgroundPlans(Math.floor(devices / 4), others),
  ]
}

const FIRST = ['amber', 'birch', 'coral', 'dune', 'elm', 'fern', 'garnet', 'hazel', 'iris', 'jade'] as const
const SECOND = ['foods', 'mills', 'rail', 'textiles', 'energy', 'books', 'motors', 'paper', 'glass', 'farms'] as const
const BACKGROUND_COUNTRIES = [['US', 'CA'], ['DE', 'FR', 'NL'], ['JP'], ['GB', 'IE'], ['AU', 'SG']] as const

function backgroundPlans(devices: number, count: number): AccountPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const first = FIRST[index % FIRST.length] ?? ''
    const second = SECOND[Math.floor(index / FIRST.length) % SECOND.length] ?? ''
    const round = Math.floor(index / (FIRST.length * SECOND.length))
    const word = `${first}-${second}${round === 0 ? '' : `-${round + 1}`}`
    const countries = BACKGROUND_COUNTRIES[index % BACKGROUND_COUNTRIES.length] ?? ['US']
    return {
      domain: `${word}.example`,
      name: word.replace(
        /(^|-)(\w)/g,
        (_match, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
      ),
      type: 'CUSTOMER' as const,
      trade: 'company' as const,
      slug: `x${index.toString(36).padStart(2, '0')}`,
      devices: Math.floor(devices / count) + (index < devices % count ? 1 : 0),
      countries,
      virtualAccounts: [DEFAULT, { name: 'Operations', slug: 'ops', covers: { countries } }],
    }
  })
}
