'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Status } from '@/components/ui/status'
import type { ChainHead, ChainPart } from '@/lib/changes/verify'

type Props = { head: ChainHead; verify: (after: number) => Promise<ChainPart> }
type State = { step: 'idle' | 'running' | 'failed'; verified: number } | ({ step: 'done' } & ChainPart)

const number = new Intl.NumberFormat('en-US')

/** The end of the chain, and a way to verify it from its first event, part by part; nothing is said before it is known. */
export function ChainState({ head, verify }: Props) {
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
      <p>
        Newest event <b>{number.format(head.seq)}</b>, hash{' '}
        <span className="identifier" title={head.hash}>
          {head.hash.slice(0, 16)}…
        </span>
      </p>
      <p aria-live="polite">
        <Said state={state} head={head} />
      </p>
      <Button size="small" icon="lock" className="needs-script" disabled={isRunning} onClick={() => void run()}>
        {isRunning ? 'Verifying …' : 'Verify the chain'}
      </Button>
    </div>
  )
}

function Said({ state, head }: { state: State; head: ChainHead }) {
  switch (state.step) {
    case 'idle':
      return null
    case 'running':
      return `Verified up to event ${number.format(state.verified)} of ${number.format(head.seq)}`
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
