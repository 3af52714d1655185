import type { mailStates } from '@/db/schema/enums'
import type { Tone } from '@/lib/table/resource'

export const shareStates = ['unopened', 'opened', 'ended', 'revoked'] as const
/** In force and not opened yet; in force and opened; past its last day; taken back. */
export type ShareListState = (typeof shareStates)[number]

export const stateWords: Readonly<Record<ShareListState, { text: string; tone: Tone }>> = {
  unopened: { text: 'Not opened yet', tone: 'warn' },
  opened: { text: 'Opened', tone: 'good' },
  ended: { text: 'Ended', tone: 'neutral' },
  revoked: { text: 'Revoked', tone: 'bad' },
}

export const mailWords: Readonly<Record<(typeof mailStates)[number], string>> = {
  waiting: 'Waits to be sent',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Not delivered',
  unconfirmed: 'Handed over, not confirmed',
  withdrawn: 'Withdrawn before it was sent',
}
