'use client'

import { useActionState, useId } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import type { ShareRow } from '@/lib/sharing/share-list'
import { readDate } from '@/lib/table/cells'

type State = { problems: string[] }
type Act = (state: State, form: FormData) => Promise<State>
export type ShownShare = Omit<ShareRow, 'sentAt' | 'openedAt' | 'downloadedAt' | 'state'> & {
  sentAt: string
  openedAt: string | null
  downloadedAt: string | null
  state: { text: string; tone: string }
  orderHref: string
  resend: Act | null
  resendKey: string
}
type Props = { revoke: Act; formKey: string; rows: ShownShare[] }

/** The shares, each to be chosen; what is chosen is revoked at once. Works without JavaScript. */
export function RevokeForm({ revoke, formKey, rows }: Props) {
  const [{ problems }, submit, pending] = useActionState(revoke, { problems: [] })
  const form = useId()
  const isAny = rows.some(({ isInHand }) => isInHand)
  return (
    <div className="flex flex-col gap-3">
      <form id={form} action={submit} className="grid gap-3">
        <Problems title="Nothing was revoked" problems={problems} />
        <input type="hidden" name="key" value={formKey} />
        {isAny ? (
          <p>
            <Button type="submit" look="danger" disabled={pending}>
              {pending ? 'Revoking …' : 'Revoke the chosen'}
            </Button>
          </p>
        ) : null}
      </form>
      <div className="table-box table-box-natural">
        <table className="data-table">
          <caption className="sr-only">Order Based Access that was given</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">Choose</span>
              </th>
              <th scope="col">Recipient</th>
              <th scope="col">Order</th>
              <th scope="col">Opens</th>
              <th scope="col">State</th>
              <th scope="col">Mail</th>
              <th scope="col">Sent</th>
              <th scope="col">By</th>
              <th scope="col">Last day</th>
              <th scope="col">Opened</th>
              <th scope="col">Downloaded</th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} form={form} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Row({ row, form }: { row: ShownShare; form: string }) {
  const name = `access of ${row.email} to order ${row.order}`
  return (
    <tr>
      <td>
        {row.isInHand ? (
          <input type="checkbox" name="share" value={row.id} form={form} aria-label={`Choose the ${name}`} />
        ) : null}
      </td>
      <th scope="row">
        {row.email}
        {row.note ? <span className="block text-sm text-ink-muted">{row.note}</span> : null}
      </th>
      <td>
        <a href={row.orderHref} className="link identifier">
          {row.order}
        </a>
      </td>
      <td>{row.opens}</td>
      <td>
        <span className={`state tone-${row.state.tone}`}>{row.state.text}</span>
      </td>
      <td className="wrap">
        {row.mail ? row.mail.text : ''}
        {row.mail?.problem ? <span className="block text-sm text-ink-muted">{row.mail.problem}</span> : null}
      </td>
      <td>{row.sentAt}</td>
      <td>{row.sender ?? 'Somebody else'}</td>
      <td>{row.lastDay ? readDate(row.lastDay) : 'No end'}</td>
      <td>{row.openedAt ?? ''}</td>
      <td>{row.downloadedAt ?? ''}</td>
      <td>{row.resend ? <Resend act={row.resend} formKey={row.resendKey} name={name} /> : null}</td>
    </tr>
  )
}

function Resend({ act, formKey, name }: { act: Act; formKey: string; name: string }) {
  const [{ problems }, submit, pending] = useActionState(act, { problems: [] })
  return (
    <form action={submit}>
      <input type="hidden" name="key" value={formKey} />
      <Button type="submit" size="small" disabled={pending} aria-label={`Send the ${name} again`}>
        Send again
      </Button>
      {problems.map((problem) => (
        <span key={problem} role="alert" className="block text-sm">
          {problem}
        </span>
      ))}
    </form>
  )
}
