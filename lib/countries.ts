const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })

/** Names that were asked for: a page has one in each row, and `Intl` takes longer for it than all the rest of the cell. */
const known = new Map<string, string>()

/** The English name of an ISO 3166 alpha-2 code; the text itself when it is none. */
export function countryName(code: string): string {
  if (code === '') return 'Not known'
  if (!/^[A-Z]{2}$/.test(code)) return code
  let name = known.get(code)
  if (name === undefined) {
    name = names.of(code) ?? code
    known.set(code, name)
  }
  return name
}

/** Country names that differ from the browser's own, as orders and exports write them. */
const OTHER_NAMES: Record<string, string> = {
  usa: 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'czech republic': 'CZ',
  'korea, republic of': 'KR',
  'republic of korea': 'KR',
  korea: 'KR',
  'viet nam': 'VN',
  'russian federation': 'RU',
  'taiwan, province of china': 'TW',
  'hong kong': 'HK',
  macau: 'MO',
  macao: 'MO',
  turkey: 'TR',
  'iran, islamic republic of': 'IR',
  'moldova, republic of': 'MD',
  'tanzania, united republic of': 'TZ',
  'the netherlands': 'NL',
  'ivory coast': 'CI',
  'bosnia and herzegovina': 'BA',
  'trinidad and tobago': 'TT',
}

let codes: Map<string, string> | undefined

/** The ISO 3166 alpha-2 code of a code or an English name; null when it is neither. */
export function countryCode(text: string): string | null {
  codes ??= new Map([...everyCountry(), ...Object.entries(OTHER_NAMES)])
  return codes.get(text.toLowerCase()) ?? null
}

function* everyCountry(): Generator<[string, string]> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code)
    // Old codes have a newer one of the same place; ZZ and the like are no places.
    const isCurrent = new Intl.Locale(`und-${code}`).region === code && !/^(ZZ|X[ABC]|EU|EZ|UN|QO)$/.test(code)
    if (!isCurrent || name === undefined || name === code) continue
    yield [code.toLowerCase(), code]
    yield [name.toLowerCase(), code]
  }
}
