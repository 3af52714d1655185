'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import type { ShareFields as Given } from '@/lib/sharing/send-schema'
import type { Sharable } from '@/lib/sharing/sharable'
import type { ShareState } from '@/lib/sharing/share-state'
import { ShareFields } from './share-fields'
import { ShareReview } from './share-review'

type Props = {
  /** With `step` review it shows what would be open, with send it shares. */
  action: (state: ShareState, form: FormData) => Promise<ShareState>
  initial: Given
  sharable: Sharable
  today: string
}

/** What is shared is chosen, reviewed as its recipient will see it, and only then sent. Works without JavaScript. */
export function ShareForm({ action, initial, sharable, today }: Props) {
  const [{ problems, given, review }, submit, pending] = useActionState(action, { problems: [], given: initial })
  const step = (value: string, label: string, look: 'primary' | 'plain') => (
    <Button type="submit" name="step" value={value} look={look} disabled={pending}>
      {label}
    </Button>
  )
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="Nothing was sent" problems={problems} />
      {review ? (
        <>
          <ShareReview review={review} lastDay={given.lastDay} />
          <input type="hidden" name="key" value={review.key} />
          <Hidden given={given} />
          <p className="flex flex-wrap gap-2">
            {review.mails > 0
              ? step(
                  'send',
                  review.mails === 1 ? 'Send access (1 mail)' : `Send access (${review.mails} mails)`,
                  'primary',
                )
              : null}
            {step('edit', 'Change something', 'plain')}
          </p>
        </>
      ) : (
        <>
          <ShareFields key={JSON.stringify(given)} {...{ given, sharable, today }} />
          <p>{step('review', 'Review what they will see', 'primary')}</p>
        </>
      )}
    </form>
  )
}

function Hidden({ given }: { given: Given }) {
  return Object.entries(given).flatMap(([name, value]) =>
    [value].flat().map((one) => <input key={`${name} ${one}`} type="hidden" name={name} value={one} />),
  )
}
