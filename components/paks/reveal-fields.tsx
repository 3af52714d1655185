import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import type { Reveal } from '@/lib/paks/schema'

type Props = { hint: string; told: Reveal; isPending: boolean }

/** What is asked before a PAK is shown. */
export function RevealFields({ hint, told: { reason, problem }, isPending }: Props) {
  return (
    <>
      <Field name="reason" label="What you need it for" hint={hint} error={problem} required>
        {(wiring) => <input key={reason} className="input" maxLength={300} defaultValue={reason} {...wiring} />}
      </Field>
      <p>
        <Button type="submit" size="small" icon="eye" disabled={isPending}>
          {isPending ? 'Revealing …' : 'Reveal the PAK'}
        </Button>
      </p>
    </>
  )
}

export function Revealed({ pak }: { pak: string }) {
  return (
    <p role="status">
      <span className="identifier">{pak}</span>
    </p>
  )
}
