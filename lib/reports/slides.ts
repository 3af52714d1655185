import 'server-only'
import type PptxGenJS from 'pptxgenjs'
import { clipped, fileText } from './file-text'
import { palette } from './palette'
import type { Report, ReportSection } from './report'
import { chartOptions, tableRows } from './slide-parts'

const FONT = 'Arial'
/** Inches, on a page of 13.33 by 7.5. */
const LEFT = 0.6
const WIDTH = 12.13

/**
 * The report as a PPTX: a title, the report at a glance where it has several sections, and for each section a slide with
 * one sentence and a native chart, and one with its table.
 */
export async function reportSlides(report: Report): Promise<Uint8Array> {
  const { default: Presentation } = await import('pptxgenjs')
  const deck = new Presentation()
  deck.layout = 'LAYOUT_WIDE'
  deck.title = fileText(report.title)
  deck.subject = fileText(`${report.account}, as of ${report.asOf}`)
  deck.author = fileText(report.preparedFor)
  deck.company = 'License Central'
  deck.theme = { headFontFace: FONT, bodyFontFace: FONT }
  defineMasters(deck, report)
  titleSlide(deck, report)
  if (report.sections.length > 1) glanceSlide(deck, report)
  for (const section of report.sections) {
    messageSlide(deck, section)
    tableSlide(deck, section)
  }
  return (await deck.write({ outputType: 'uint8array', compression: true })) as Uint8Array
}

const text = (content: string, atMost = 400) => clipped(fileText(content), atMost)

function defineMasters(deck: PptxGenJS, { account, asOf }: Report): void {
  deck.defineSlideMaster({
    title: 'Title',
    background: { color: palette.bar },
    objects: [
      { rect: { x: 0, y: 0, w: 0.28, h: 7.5, fill: { color: palette['bar-seal'] } } },
      {
        text: {
          text: 'License Central',
          options: {
            x: 1,
            y: 0.7,
            w: 8,
            h: 0.4,
            margin: 0,
            fontFace: FONT,
            fontSize: 16,
            color: palette['bar-seal'],
            bold: true,
          },
        },
      },
    ],
  })
  deck.defineSlideMaster({
    title: 'Content',
    background: { color: palette['surface-raised'] },
    objects: [
      { rect: { x: 0, y: 0, w: 13.33, h: 0.12, fill: { color: palette.accent } } },
      { line: { x: LEFT, y: 6.98, w: WIDTH, h: 0, line: { color: palette.line, width: 1 } } },
      {
        text: {
          text: text(`Source: License Central, the records of ${account}. As of ${asOf}.`, 150),
          options: {
            x: LEFT,
            y: 7.03,
            w: 11,
            h: 0.3,
            margin: 0,
            fontFace: FONT,
            fontSize: 10,
            color: palette['ink-muted'],
          },
        },
      },
    ],
    slideNumber: {
      x: 12.13,
      y: 7.03,
      w: 0.6,
      h: 0.3,
      fontFace: FONT,
      fontSize: 10,
      color: palette['ink-muted'],
      align: 'right',
    },
  })
}

function titleSlide(deck: PptxGenJS, report: Report): void {
  const slide = deck.addSlide({ masterName: 'Title' })
  const line = (content: string, y: number, h: number, options: PptxGenJS.TextPropsOptions) =>
    slide.addText(content, {
      x: 1,
      y,
      w: 11.3,
      h,
      margin: 0,
      fontFace: FONT,
      color: palette['bar-ink'],
      fit: 'shrink',
      ...options,
    })
  line(text(report.account, 90), 2.1, 0.6, { fontSize: 22, color: palette['bar-ink-muted'] })
  line(text(report.title, 90), 2.7, 1.2, { fontSize: 44, bold: true, valign: 'top' })
  line(text(report.scope, 260), 4.3, 0.9, { fontSize: 16, valign: 'top' })
  line(`As of ${report.asOf}`, 5.3, 0.35, { fontSize: 16 })
  line(text(filtersOf(report), 200), 5.7, 0.35, { fontSize: 14, color: palette['bar-ink-muted'] })
  line(text(`Prepared for ${report.preparedFor}`, 120), 6.5, 0.35, { fontSize: 12, color: palette['bar-ink-muted'] })
  slide.addNotes(text(report.source, 1000))
}

function filtersOf({ sections }: Report): string {
  const filters = sections.filter(({ filter }) => filter).map(({ title, filter }) => `${title}: only ${filter}`)
  return filters.length > 0 ? filters.join('; ') : 'No filter'
}

/** What stands over every slide of content: the subject, and the sentence. */
function heading(deck: PptxGenJS, subject: string, sentence: string): PptxGenJS.Slide {
  const slide = deck.addSlide({ masterName: 'Content' })
  const common = { x: LEFT, w: WIDTH, margin: 0, fontFace: FONT }
  slide.addText(text(subject, 140), { ...common, y: 0.42, h: 0.3, fontSize: 13, bold: true, color: palette.accent })
  slide.addText(text(sentence, 180), {
    ...common,
    y: 0.75,
    h: 0.95,
    fontSize: 24,
    bold: true,
    color: palette.ink,
    valign: 'top',
    fit: 'shrink',
  })
  return slide
}

/** The first figure of each section, with its sentence. */
function glanceSlide(deck: PptxGenJS, { sections, account }: Report): void {
  const slide = heading(deck, 'At a glance', `How ${account} stands`)
  const height = 5 / sections.length
  sections.forEach(({ title, message, figures }, index) => {
    const y = 1.85 + index * height
    slide.addShape('rect', { x: LEFT, y, w: WIDTH, h: height - 0.12, fill: { color: palette.surface } })
    slide.addShape('rect', { x: LEFT, y, w: 0.08, h: height - 0.12, fill: { color: palette.accent } })
    const common = { y, h: height - 0.12, margin: 0, fontFace: FONT, valign: 'middle' as const }
    slide.addText(text(figures[0]?.text ?? '–', 14), {
      ...common,
      x: LEFT + 0.3,
      w: 2.3,
      fontSize: 30,
      bold: true,
      color: palette.accent,
      fit: 'shrink',
    })
    slide.addText(
      [
        { text: text(title, 60), options: { fontSize: 13, bold: true, color: palette['ink-muted'], breakLine: true } },
        { text: text(message, 170), options: { fontSize: 15, color: palette.ink } },
      ],
      { ...common, x: LEFT + 2.7, w: WIDTH - 2.9 },
    )
  })
}

const subjectOf = ({ title, filter }: ReportSection) => (filter ? `${title}, only ${filter}` : title)

function messageSlide(deck: PptxGenJS, section: ReportSection): void {
  const { chart, figures, message, explain, filter } = section
  const slide = heading(deck, subjectOf(section), message)
  if (chart) {
    const { type, data, options } = chartOptions(chart)
    slide.addChart(type, data, { ...options, x: LEFT, y: 1.85, w: 8.6, h: 5 })
  } else {
    slide.addText('Nothing to draw: there are no rows under this filter in this scope.', {
      x: LEFT,
      y: 1.85,
      w: 8.6,
      h: 5,
      align: 'center',
      fontFace: FONT,
      fontSize: 14,
      color: palette['ink-muted'],
      fill: { color: palette.surface },
    })
  }
  figures.forEach(({ label, text: value }, index) => {
    const y = 1.85 + index * 1.27
    const isFirst = index === 0
    slide.addShape('rect', {
      x: 9.5,
      y,
      w: 3.23,
      h: 1.15,
      fill: { color: isFirst ? palette['accent-soft'] : palette.surface },
    })
    slide.addText(
      [
        {
          text: text(value, 18),
          options: {
            fontSize: isFirst ? 30 : 22,
            bold: true,
            color: isFirst ? palette.accent : palette.ink,
            breakLine: true,
          },
        },
        { text: text(label, 44), options: { fontSize: 12, color: palette['ink-muted'] } },
      ],
      { x: 9.68, y, w: 2.95, h: 1.15, margin: 0, fontFace: FONT, valign: 'middle', fit: 'shrink' },
    )
  })
  slide.addNotes(text(`${explain} ${filter ? `Only ${filter}.` : 'No filter.'}`, 1000))
}

function tableSlide(deck: PptxGenJS, section: ReportSection): void {
  const slide = heading(deck, subjectOf(section), section.table.title)
  const { rows, widths, height } = tableRows(section.table, WIDTH)
  slide.addTable(rows, { x: LEFT, y: 1.6, w: WIDTH, colW: widths, rowH: height, fontFace: FONT, autoPage: false })
  slide.addNotes(text(section.explain, 1000))
}
