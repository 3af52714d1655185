// What a format may not hold as it is, once: for rows that the database writes, and for those written here.

/** Space that may stand before what makes a text a formula. */
const SPACES = [
  9, 10, 11, 12, 13, 32, 0xa0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
].concat([0x2009, 0x200a, 0x200b, 0x202f, 0x205f, 0x3000, 0xfeff])
/** `= + - @`, and their wide forms. */
const STARTERS = [43, 45, 61, 64, 0xff0b, 0xff0d, 0xff1d, 0xff20]

/** Code points that a text begins with that may be taken for a formula: few texts need a second look. */
export const SUSPECTS = [...SPACES, ...STARTERS]

const classOf = (points: readonly number[]) =>
  `[${points.map((point) => `\\u${point.toString(16).padStart(4, '0')}`).join('')}]`
/** A text that a spreadsheet would take for a formula. Postgres reads such patterns as JavaScript does. */
export const FORMULA = `^${classOf(SPACES)}*${classOf(STARTERS)}|^[\\t\\r\\n]`
const formula = new RegExp(FORMULA)

/** In CSV a text that would be taken for a formula begins with an apostrophe. */
export const asPlainText = (text: string) => (formula.test(text) ? `'${text}` : text)

/** What XML cannot hold at all, whatever way it is written. */
export const NO_XML = '[\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]'
/** What a spreadsheet reads as a character written by its number. */
export const CODED = '_(?=x[0-9A-Fa-f]{4}_)'
/** A text that does not stand in a cell as it is. */
export const UNUSUAL = `[&<>\\u0001-\\u001f\\ufffe\\uffff]|^ | $|_x[0-9A-Fa-f]{4}_`
/** What a cell of a sheet holds at most. */
export const CELL_LENGTH = 32_767

const [noXml, coded, unusual] = [new RegExp(NO_XML, 'g'), new RegExp(CODED, 'g'), new RegExp(UNUSUAL)]

/** What follows `<t` in a cell of text: its attribute where space counts, and the text. */
export function asCellText(text: string): string {
  if (!unusual.test(text) && text.length <= CELL_LENGTH) return `>${text}`
  const cut = [...text.slice(0, CELL_LENGTH * 2)].slice(0, CELL_LENGTH).join('')
  const written = cut
    .replace(noXml, '')
    .replace(coded, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
  return ` xml:space="preserve">${written}`
}
