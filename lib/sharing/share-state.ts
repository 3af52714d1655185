import type { OpenedOrder } from './opened'
import type { Recipient, ShareFields } from './send-schema'

/** What is shown before a share is sent: who gets it, by how many mails of which subject, and exactly what they will see. */
export type ShareReview = {
  key: string
  recipients: Recipient[]
  /** What is shared, in words. */
  what: string
  subject: string
  mails: number
  order: OpenedOrder
}

/** Where the form of Order Based Access stands: to be filled in, or to be confirmed. */
export type ShareState = { problems: string[]; given: ShareFields; review?: ShareReview }
