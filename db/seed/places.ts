export type Region = 'Americas' | 'EMEA' | 'APJC'

/** A city in which demo companies have sites. Addresses in it are invented. */
export type Place = {
  code: string
  city: string
  state: string | null
  country: string
  region: Region
  postal: string
}

const place = (
  region: Region,
  country: string,
  code: string,
  city: string,
  postal: string,
  state: string | null = null,
): Place => ({
  code,
  city,
  state,
  country,
  region,
  postal,
})

/** The order matters: accounts take their first sites from the top. */
export const PLACES: readonly Place[] = [
  place('EMEA', 'DE', 'ham', 'Hamburg', '20457'),
  place('Americas', 'US', 'chi', 'Chicago', '60607', 'IL'),
  place('EMEA', 'FR', 'lys', 'Lyon', '69007'),
  place('APJC', 'SG', 'sin', 'Singapore', '018989'),
  place('Americas', 'CA', 'tor', 'Toronto', 'M5J 2N1', 'ON'),
  place('EMEA', 'NL', 'rtm', 'Rotterdam', '3011 AA'),
  place('Americas', 'US', 'dal', 'Dallas', '75201', 'TX'),
  place('EMEA', 'DE', 'muc', 'Munich', '80331'),
  place('APJC', 'JP', 'yok', 'Yokohama', '220-0012', 'Kanagawa'),
  place('EMEA', 'GB', 'bhx', 'Birmingham', 'B1 1AA'),
  place('Americas', 'US', 'atl', 'Atlanta', '30303', 'GA'),
  place('EMEA', 'FR', 'mrs', 'Marseille', '13002'),
  place('APJC', 'AU', 'mel', 'Melbourne', '3000', 'VIC'),
  place('Americas', 'CA', 'yvr', 'Vancouver', 'V6B 1A1', 'BC'),
  place('EMEA', 'DE', 'lej', 'Leipzig', '04109'),
  place('Americas', 'US', 'lax', 'Los Angeles', '90012', 'CA'),
  place('APJC', 'IN', 'pnq', 'Pune', '411001', 'Maharashtra'),
  place('EMEA', 'PL', 'wro', 'Wroclaw', '50-062'),
  place('EMEA', 'ES', 'zaz', 'Zaragoza', '50001'),
  place('Americas', 'MX', 'mty', 'Monterrey', '64000', 'Nuevo Leon'),
  place('EMEA', 'FR', 'lil', 'Lille', '59000'),
  place('APJC', 'AU', 'bne', 'Brisbane', '4000', 'QLD'),
  place('Americas', 'US', 'mem', 'Memphis', '38103', 'TN'),
  place('Americas', 'BR', 'cwb', 'Curitiba', '80010-000', 'PR'),
  place('EMEA', 'IT', 'bgy', 'Bergamo', '24121'),
  place('Americas', 'CA', 'yul', 'Montreal', 'H3B 1A7', 'QC'),
  place('EMEA', 'DE', 'dui', 'Duisburg', '47051'),
  place('APJC', 'JP', 'osa', 'Osaka', '530-0001', 'Osaka'),
  place('EMEA', 'AE', 'jea', 'Jebel Ali', '00000'),
  place('Americas', 'US', 'ewr', 'Newark', '07102', 'NJ'),
  place('EMEA', 'ZA', 'dur', 'Durban', '4001', 'KwaZulu-Natal'),
  place('APJC', 'KR', 'pus', 'Busan', '48943'),
  place('APJC', 'IN', 'maa', 'Chennai', '600001', 'Tamil Nadu'),
  place('EMEA', 'BE', 'anr', 'Antwerp', '2000'),
  place('Americas', 'US', 'sea', 'Seattle', '98101', 'WA'),
  place('EMEA', 'CZ', 'brq', 'Brno', '602 00'),
  place('APJC', 'VN', 'hph', 'Haiphong', '04000'),
  place('Americas', 'CO', 'ctg', 'Cartagena', '130001'),
  place('EMEA', 'TR', 'izm', 'Izmir', '35210'),
  place('APJC', 'TH', 'lcb', 'Laem Chabang', '20230'),
  place('EMEA', 'NO', 'osl', 'Oslo', '0154'),
  place('EMEA', 'SE', 'sto', 'Stockholm', '111 21'),
  place('EMEA', 'FI', 'hel', 'Helsinki', '00100'),
  place('EMEA', 'DK', 'aar', 'Aarhus', '8000'),
  place('EMEA', 'NO', 'bgo', 'Bergen', '5003'),
  place('EMEA', 'SE', 'upp', 'Uppsala', '753 20'),
  place('EMEA', 'FI', 'tmp', 'Tampere', '33100'),
  place('EMEA', 'NO', 'trd', 'Trondheim', '7011'),
  place('EMEA', 'NL', 'gro', 'Groningen', '9712 CP'),
  place('EMEA', 'NL', 'ein', 'Eindhoven', '5611 AZ'),
  place('EMEA', 'IE', 'dub', 'Dublin', 'D02 X285'),
  place('EMEA', 'GB', 'lds', 'Leeds', 'LS1 4AP'),
]

const STREETS = [
  'Harbor Street',
  'Mill Lane',
  'Station Road',
  'Canal Street',
  'Market Square',
  'Orchard Way',
  'Depot Road',
  'North Quay',
] as const

/** An invented street address. */
export function streetAddress(index: number): string {
  return `${1 + ((index * 17) % 240)} ${STREETS[index % STREETS.length]}`
}
