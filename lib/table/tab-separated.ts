import { asPlainText } from '@/lib/exporting/text-rules'

const NUMBER = /^-?[\d.,]+$/

/** Cells as spreadsheets take them from the clipboard: a text that would be taken for a formula begins with an apostrophe. */
export const tabSeparated = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => line.map((cell) => written(cell.replace(/[\t\r\n]+/g, ' '))).join('\t')).join('\n')

const written = (cell: string) => (NUMBER.test(cell) ? cell : asPlainText(cell))
