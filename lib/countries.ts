const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })

/** The English name of an ISO 3166 alpha-2 code; the text itself when it is none. */
export function countryName(code: string): string {
  if (code === '') return 'Not known'
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code
}
