'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Status } from '@/components/ui/status'
import type { ChainPart } from '@/lib/changes/verify'

/** `last`: the newest event; `children` tell of it. */
type Props = { last: number; verify: (after: number) => Promise<ChainPart>; children: ReactNode }
type State = { step: 'idle' | 'running' | 'failed'; verified: number } | ({ step: 'done' } & ChainPart)

const number = new Intl.NumberFormat('en-US')

/** The end of the chain, and a way to verify it from its first event, part by part; nothing is said before it is known. */
export function ChainState({ last, verify, children }: Props) {
  const [state, setState] = useState<State>({ step: 'idle', verified: 0 })
  async function run() {
    let verified = 0
    setState({ step: 'running', verified })
    try {
      for (;;) {
        const part = await verify(verified)
        if (part.broken !== null || part.verified === verified) return setState({ step: 'done', ...part })
        verified = part.verified
        setState({ step: 'running', verified })
      }
    } catch {
      setState({ step: 'failed', verified })
    }
  }
  const isRunning = state.step === 'running'
  return (
    <div className="chain">
      {children}
      <p aria-live="polite">
        <Said state={state} last={last} />
      </p>
      <Button size="small" icon="lock" className="needs-script" disabled={isRunning} onClick={() => void run()}>
        {isRunning ? 'Verifying …' : 'Verify the chain'}
      </Button>
    </div>
  )
}

function Said({ state, last }: { state: State; last: number }) {
  switch (state.step) {
    case 'idle':
      return null
    case 'running':
      return `Verified up to event ${number.format(state.verified)} of ${number.format(last)}`
    case 'failed':
      return (
        <Status tone="warn">Verified up to event {number.format(state.verified)}, then it failed. Try again.</Status>
      )
    case 'done':
      return state.broken === null ? (
        <Status tone="good">Chain verified up to event {number.format(state.verified)}</Status>
      ) : (
        <Status tone="bad">
          Event {number.format(state.broken)} is broken: {state.problem}
        </Status>
      )
  }
}
