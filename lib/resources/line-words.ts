/** `in 12 days`, `today`, `3 days ago`. */
export function readDaysLeft(days: number): string {
  if (days === 0) return 'today'
  const count = `${Math.abs(days).toLocaleString('en-US')} ${Math.abs(days) === 1 ? 'day' : 'days'}`
  return days > 0 ? `in ${count}` : `${count} ago`
}

export const billingWords = { PREPAID: 'Prepaid', USAGE: 'By usage' } as const
export const renewalWords = { true: 'Automatic', false: 'Manual' } as const
