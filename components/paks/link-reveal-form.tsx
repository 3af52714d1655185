'use client'

import { type FormEvent, useState, useTransition } from 'react'
import type { Reveal } from '@/lib/paks/schema'
import { Revealed, RevealFields } from './reveal-fields'

/** The same to somebody who came by a link, and so cannot call a server action. Without JavaScript the PAK is all that is answered. */
export function LinkRevealForm({ path }: { path: string }) {
  const [told, setTold] = useState<Reveal>({ reason: '' })
  const [isPending, start] = useTransition()
  if (told.pak) return <Revealed pak={told.pak} />
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '')
    start(async () => setTold(await asked(path, reason)))
  }
  return (
    <form action={path} method="post" onSubmit={submit} className="note-form">
      <RevealFields
        hint="It is written in the Event Log of the account, with the address that this was sent to."
        told={told}
        isPending={isPending}
      />
    </form>
  )
}

async function asked(path: string, reason: string): Promise<Reveal> {
  try {
    const headers = { accept: 'application/json' }
    const answer = await fetch(path, { method: 'POST', body: new URLSearchParams({ reason }), headers })
    if (answer.ok && !answer.redirected) return (await answer.json()) as Reveal
    return { reason, problem: 'It is not open to you any more. Load the page again.' }
  } catch {
    return { reason, problem: 'There was no answer. Try again.' }
  }
}
