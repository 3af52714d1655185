'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import type { FieldSpec, FormState, Given } from '@/lib/administration/state'
import { FieldList } from './field-list'
import { ReviewParts } from './review-parts'

type ReviewedFormProps = {
  /** With `step` review it shows what would happen, with give it makes it happen. */
  action: (state: FormState, form: FormData) => Promise<FormState>
  fields: readonly FieldSpec[]
  initial: Given
  give: string
}

/** Filled in, reviewed, and only then done. Works without JavaScript. */
export function ReviewedForm({ action, fields, initial, give }: ReviewedFormProps) {
  const [{ problems, given, review }, submit, pending] = useActionState(action, { problems: [], given: initial })
  const step = (value: string, label: string, look: 'primary' | 'plain') => (
    <Button type="submit" name="step" value={value} look={look} disabled={pending}>
      {label}
    </Button>
  )
  const canGive = review?.people === undefined || review.people.some(({ problem }) => problem === null)
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="Nothing was changed" problems={problems} />
      {review ? (
        <>
          <ReviewParts review={review} />
          <input type="hidden" name="key" value={review.key} />
          {Object.entries(review.kept ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {Object.entries(given).flatMap(([name, values]) =>
            values.map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />),
          )}
          <p className="flex flex-wrap gap-2">
            {canGive ? step('give', give, 'primary') : null}
            {step('edit', 'Change something', 'plain')}
          </p>
        </>
      ) : (
        <>
          <FieldList key={JSON.stringify(given)} fields={fields} given={given} />
          <p>{step('review', 'Review', 'primary')}</p>
        </>
      )}
    </form>
  )
}
