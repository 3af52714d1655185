import { daysAfter } from '@/lib/calendar'

export const frequencies = { weekly: 'Every Monday', monthly: 'On the first of every month' } as const
export type Frequency = keyof typeof frequencies

/** The first day after `day` on which mail of this frequency goes out; calendar dates. */
export function nextAfter(day: string, frequency: Frequency): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (frequency === 'weekly') return daysAfter(day, 7 - ((date.getUTCDay() + 6) % 7))
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString().slice(0, 10)
}
