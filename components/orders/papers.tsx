import { Button } from '@/components/ui/button'
import { buttonFace } from '@/components/ui/button-face'
import { Icon } from '@/components/ui/icon'
import { ALL_FILES, CHOSEN_FILES, documentFile, readSize, termsFile } from '@/lib/delivery/rules'
import type { TermsVersion } from '@/lib/resources/legal-terms'
import type { OrderDetail } from '@/lib/resources/order-detail'
import { documentKinds } from '@/lib/resources/order-words'
import { readDate } from '@/lib/table/cells'

type Props = Pick<OrderDetail, 'documents' | 'terms'> & {
  most?: number
  /** The address of a file by its name; without it, as in a review, nothing can be downloaded. */
  fileHref?: ((file: string) => string) | undefined
}

const WHEN: Readonly<Record<TermsVersion['when'], string>> = {
  order: 'Terms in force on the day of the order',
  present: 'Terms in force today',
  both: 'Terms in force on the day of the order and today',
}

/** The documents of its lines, and the terms in the versions of the day of the order and of today, each to be downloaded. */
export function Papers({ documents, terms, most = 50, fileHref }: Props) {
  if (documents.length === 0 && terms.length === 0)
    return <p className="text-ink-muted">No documents belong to what you can see of this order.</p>
  const list = (
    <>
      {fileHref ? (
        <p className="flex flex-wrap gap-2">
          <a {...buttonFace({ size: 'small' }, 'Download all')} href={fileHref(ALL_FILES)} data-hard="">
            <Icon name="download" />
            Download all as a zip
          </a>
          <Button type="submit" size="small" icon="download">
            Download chosen as a zip
          </Button>
        </p>
      ) : null}
      <ul className="device-list">
        {documents.slice(0, most).map(({ id, kind, title, lineNumber, ...file }) => (
          <li key={id}>
            <b>{documentKinds[kind]}</b>
            <Paper title={title} name={documentFile(id)} href={fileHref?.(documentFile(id))} {...file} />
            <span className="facts-source">Line {lineNumber}</span>
          </li>
        ))}
        {terms.map(({ id, title, version, from, when, ...file }) => (
          <li key={`terms ${id}`}>
            <b>{WHEN[when]}</b>
            <Paper title={title} name={termsFile(id)} href={fileHref?.(termsFile(id))} {...file} />
            <span className="facts-source">
              Version {version}, from {readDate(from)}
            </span>
          </li>
        ))}
      </ul>
      {documents.length > most ? (
        <p className="device-note text-ink-muted">
          These are {most} of its documents; there are more{fileHref ? ', all of them in the zip' : ''}.
        </p>
      ) : null}
    </>
  )
  if (!fileHref) return list
  return (
    <form method="get" action={fileHref(CHOSEN_FILES)} data-hard="">
      {list}
    </form>
  )
}

/** `name`: by which it is chosen in a form around it. */
type PaperProps = { title: string; bytes: number; sha256: string; href: string | undefined; name?: string }

/** A file by its title, with its size, and with its checksum for whoever compares it. */
export function Paper({ title, bytes, sha256, href, name }: PaperProps) {
  return (
    <span className="paper">
      {href && name ? (
        <input type="checkbox" className="check" name="file" value={name} aria-label={`Choose ${title}`} />
      ) : null}
      {href ? (
        <a href={href} className="link" data-hard="">
          {title}
        </a>
      ) : (
        title
      )}
      <details className="paper-sum">
        <summary>
          {readSize(bytes)},{' '}
          <abbr title="The SHA-256 of the file, to compare it with after the download">checksum</abbr>
        </summary>
        <span className="identifier">SHA-256 {sha256}</span>
      </details>
    </span>
  )
}
