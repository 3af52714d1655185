import { CheckList } from '@/components/ui/check-list'
import { Notice } from '@/components/ui/feedback'
import { Field, SelectField, TextField } from '@/components/ui/field'
import type { ShareFields as Given } from '@/lib/sharing/send-schema'
import type { Sharable } from '@/lib/sharing/sharable'

type Props = { given: Given; sharable: Sharable; today: string }
type Choice = Sharable['lines'][number]

/** What to share, with whom, and what their mail says. */
export function ShareFields({ given, sharable, today }: Props) {
  const { isWhole, lines, assets, isCut } = sharable
  return (
    <div className="grid gap-4">
      <CheckList
        kind="radio"
        name="level"
        legend="What to share"
        options={[
          {
            value: 'order',
            label: isWhole ? 'The whole order' : 'All of its lines that are yours to share',
            checked: given.level === 'order',
          },
          { value: 'lines', label: 'The lines chosen below', checked: given.level === 'lines' },
          {
            value: 'assets',
            label: 'The assets chosen below, and nothing else of their lines',
            checked: given.level === 'assets',
            disabled: assets.length === 0,
          },
        ]}
      />
      <details className="share-choice" open={given.level === 'lines'}>
        <summary>Lines ({lines.length.toLocaleString('en-US')})</summary>
        <CheckList name="lines" legend="Lines" options={optionsOf(lines, given.lines)} />
      </details>
      {assets.length > 0 ? (
        <details className="share-choice" open={given.level === 'assets'}>
          <summary>Assets ({assets.length.toLocaleString('en-US')})</summary>
          <CheckList name="devices" legend="Assets" options={optionsOf(assets, given.devices)} />
        </details>
      ) : null}
      {isCut ? (
        <Notice tone="info" title="Not all of it can be chosen here">
          The order has more lines or assets than are listed. Share the whole order to include them.
        </Notice>
      ) : null}
      <Field
        name="recipients"
        label="Recipients"
        hint="E-mail addresses with commas between them. Each is told by itself and sees no other one."
        required
      >
        {(wiring) => (
          <textarea
            className="input"
            rows={3}
            defaultValue={given.recipients}
            spellCheck={false}
            autoComplete="off"
            {...wiring}
          />
        )}
      </Field>
      <TextField
        name="customerOrderNumber"
        label="Customer order number"
        hint="Stands in the subject line of the mail."
        maxLength={60}
        defaultValue={given.customerOrderNumber}
        required={false}
      />
      <TextField
        name="note"
        label="Note"
        hint="Stands in the subject line too, and on the page that they open."
        maxLength={120}
        defaultValue={given.note}
        required={false}
      />
      <SelectField
        name="mails"
        label="Mails"
        options={[
          { value: 'one', label: 'One mail for all lines' },
          { value: 'each', label: 'One mail a line, for chosen lines' },
        ]}
        defaultValue={given.mails}
        required={false}
      />
      <TextField
        name="lastDay"
        label="Last day"
        hint="In UTC. Left empty, the access has no end; it can be revoked at any time."
        type="date"
        min={today}
        defaultValue={given.lastDay}
        required={false}
      />
    </div>
  )
}

const optionsOf = (choices: readonly Choice[], chosen: readonly string[]) =>
  choices.map(({ id, text, hint }) => ({
    value: String(id),
    label: (
      <>
        <span className="identifier">{text}</span> <span className="text-ink-muted">{hint}</span>
      </>
    ),
    checked: chosen.includes(String(id)),
  }))
