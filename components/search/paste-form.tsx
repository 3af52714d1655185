'use client'

import { useActionState, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/feedback'
import { Field } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { LinkButton } from '@/components/ui/link-button'
import type { Pasted } from '@/lib/search/pasted'

type Rows = NonNullable<Pasted['rows']>
type Props = { action: (before: Pasted, form: FormData) => Promise<Pasted> }

/** Many identifiers in, a table out: what each is and where, or that it is unknown. Works without JavaScript. */
export function PasteForm({ action }: Props) {
  const [{ text, problem, rows, devicesHref, assignHref }, submit, pending] = useActionState(action, { text: '' })
  return (
    <>
      <form action={submit} className="card">
        <div className="card-body grid gap-4">
          <Field
            name="text"
            label="Identifiers"
            hint="One a line, or with commas, semicolons or spaces between them. Capitals do not matter."
            error={problem}
            required
          >
            {(wiring) => (
              <textarea
                key={text}
                className="input paste-text identifier"
                rows={8}
                defaultValue={text}
                spellCheck={false}
                autoComplete="off"
                {...wiring}
              />
            )}
          </Field>
          <p>
            <Button type="submit" look="primary" icon="search" disabled={pending}>
              {pending ? 'Looking them up …' : 'Look up'}
            </Button>
          </p>
        </div>
      </form>
      {rows ? <Answer rows={rows} devicesHref={devicesHref} assignHref={assignHref} /> : null}
    </>
  )
}

type AnswerProps = { rows: Rows; devicesHref: string | undefined; assignHref: string | undefined }

function Answer({ rows, devicesHref, assignHref }: AnswerProps) {
  const [copied, setCopied] = useState('')
  const unknown = rows.filter(({ found }) => found.length === 0).map(({ typed }) => typed)
  const known = rows.length - unknown.length
  async function copy() {
    try {
      await navigator.clipboard.writeText(unknown.join('\n'))
      setCopied(`${unknown.length} copied`)
    } catch {
      setCopied('Nothing was copied. Try again.')
    }
  }
  return (
    <section className="grid gap-3" aria-label="What was found">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status">
          <strong>
            {known} of {rows.length}
          </strong>{' '}
          found{unknown.length > 0 ? `, ${unknown.length} unknown` : ''}
          {copied ? <span className="text-ink-muted"> · {copied}</span> : null}
        </p>
        <span className="toolbar-end" />
        {devicesHref ? <LinkButton href={devicesHref}>Open the devices as a list</LinkButton> : null}
        {assignHref ? <LinkButton href={assignHref}>Assign the devices</LinkButton> : null}
        {unknown.length > 0 ? (
          <Button icon="copy" className="needs-script" onClick={copy}>
            Copy what is unknown
          </Button>
        ) : null}
      </div>
      {unknown.length > 0 ? (
        <Notice>An identifier is unknown where it does not exist, or lies outside of what you can see.</Notice>
      ) : null}
      <div className="table-box">
        <table className="data-table code-1">
          <caption className="sr-only">What was found, by identifier</caption>
          <thead>
            <tr>
              {['Identifier', 'What it is', 'Name', 'Details', 'Where', 'Status'].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.flatMap(({ typed, found }) =>
              found.length === 0
                ? [<Unknown key={typed} typed={typed} />]
                : found.map((one) => <Known key={`${typed} ${one.href} ${one.what}`} typed={typed} {...one} />),
            )}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Unknown({ typed }: { typed: string }) {
  return (
    <tr>
      <th scope="row">{typed}</th>
      <td>
        <span className="state tone-warn">Unknown</span>
      </td>
      <td />
      <td />
      <td />
      <td />
    </tr>
  )
}

function Known({ typed, what, title, detail, place, status, href }: { typed: string } & Rows[number]['found'][number]) {
  return (
    <tr>
      <th scope="row">{typed}</th>
      <td>{what}</td>
      <td>
        <Link href={href} className="link">
          {title}
        </Link>
      </td>
      <td>{detail}</td>
      <td>{place}</td>
      <td>{status ? <span className={`state tone-${status.tone}`}>{status.text}</span> : null}</td>
    </tr>
  )
}
