// A small PDF of text alone: what a document of the demo needs, the same bytes each time.

const LINES_A_PAGE = 46
const CHARACTERS_A_LINE = 84

/** The text as a PDF of A4 pages in Helvetica; its first line is the heading. What Latin-1 does not have becomes `?`. */
export function pdfOf(text: string): Buffer {
  const [heading = '', ...rest] = text.split('\n')
  const lines = rest.flatMap(wrapped)
  const pages = Array.from({ length: Math.max(1, Math.ceil(lines.length / LINES_A_PAGE)) }, (_, page) =>
    contentOf(page === 0 ? heading : '', lines.slice(page * LINES_A_PAGE, (page + 1) * LINES_A_PAGE)),
  )
  const kids = pages.map((_, page) => `${4 + page * 2} 0 R`).join(' ')
  return assembled([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, page) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + page * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ])
}

const latin = (text: string) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
const literal = (text: string) => `(${latin(text).replace(/[\\()]/g, '\\$&')})`

const contentOf = (heading: string, lines: readonly string[]) =>
  [
    'BT /F1 18 Tf 60 770 Td',
    `${literal(heading)} Tj`,
    '/F1 11 Tf 0 -28 Td 15 TL',
    ...lines.map((line) => `${literal(line)} Tj T*`),
    'ET',
  ].join('\n')

function wrapped(line: string): string[] {
  const found: string[] = []
  let left = line
  while (left.length > CHARACTERS_A_LINE) {
    const space = left.lastIndexOf(' ', CHARACTERS_A_LINE)
    const at = space > 0 ? space : CHARACTERS_A_LINE
    found.push(left.slice(0, at))
    left = left.slice(at).trimStart()
  }
  return [...found, left]
}

/** Objects from 1 on, with the table of where each begins. */
function assembled(objects: readonly string[]): Buffer {
  let file = '%PDF-1.4\n'
  const starts = objects.map((object, index) => {
    const start = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return start
  })
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file + end, 'latin1')
}
