'use client'

import { useActionState } from 'react'
import { Problems } from '@/components/importing/problems'
import { Button } from '@/components/ui/button'
import type { Option } from '@/components/ui/field'
import type { RoleFields as Given, RoleState } from '@/lib/administration/state'
import { RoleFields } from './role-fields'
import { RoleReview } from './role-review'

type RoleFormProps = {
  /** With `step` review it shows what would happen, with give it makes it happen. */
  action: (state: RoleState, form: FormData) => Promise<RoleState>
  initial: Given
  roles: Option[]
  places: Option[]
  today: string
  withPeople?: boolean
  give: string
}

/** A role is filled in, reviewed, and only then given. Works without JavaScript. */
export function RoleForm({ action, initial, roles, places, today, withPeople = false, give }: RoleFormProps) {
  const [{ problems, given, review }, submit, pending] = useActionState(action, { problems: [], given: initial })
  const step = (value: string, label: string, look: 'primary' | 'plain') => (
    <Button type="submit" name="step" value={value} look={look} disabled={pending}>
      {label}
    </Button>
  )
  const getting = review?.people.filter(({ problem }) => problem === null).length ?? 0
  return (
    <form action={submit} className="grid gap-4">
      <Problems title="Nothing was changed" problems={problems} />
      {review ? (
        <>
          <RoleReview review={review} />
          <input type="hidden" name="key" value={review.key} />
          <input type="hidden" name="getting" value={review.getting} />
          {Object.entries(given).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <p className="flex flex-wrap gap-2">
            {getting > 0
              ? step('give', withPeople && getting > 1 ? `${give} (${getting} people)` : give, 'primary')
              : null}
            {step('edit', 'Change something', 'plain')}
          </p>
        </>
      ) : (
        <>
          <RoleFields key={JSON.stringify(given)} {...{ given, roles, places, today, withPeople }} />
          <p>{step('review', 'Review', 'primary')}</p>
        </>
      )}
    </form>
  )
}
