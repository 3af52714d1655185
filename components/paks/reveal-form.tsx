'use client'

import { useActionState } from 'react'
import type { Reveal } from '@/lib/paks/schema'
import { Revealed, RevealFields } from './reveal-fields'

export type RevealAction = (before: Reveal, form: FormData) => Promise<Reveal>

/** Asks why, then shows the PAK; it stands nowhere but here. Works without JavaScript. */
export function RevealForm({ action }: { action: RevealAction }) {
  const [told, submit, isPending] = useActionState(action, { reason: '' })
  if (told.pak) return <Revealed pak={told.pak} />
  return (
    <form action={submit} className="note-form">
      <RevealFields hint="It is written in the Event Log with your name." told={told} isPending={isPending} />
    </form>
  )
}
