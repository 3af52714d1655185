import type { Letter } from '@/lib/mail/letter'
import { sharedLink } from '@/lib/paths'
import { readDate } from '@/lib/table/cells'

type Told = {
  number: string
  customerOrderNumber: string | null
  note: string
  /** `2 lines`, as the recipient will count them. */
  opens: string
  /** Whom it comes from: an organisation, never a name or an address. */
  organisation: string
  lastDay: string | null
  token: string
}

/** The mail of Order Based Access. It holds nothing of the order but its numbers: the rest is behind the link. */
export function shareLetter({ number, customerOrderNumber, note, opens, organisation, lastDay, token }: Told): Letter {
  const title = ['Access to order', number, customerOrderNumber ? `(${customerOrderNumber})` : '']
    .filter(Boolean)
    .join(' ')
  return {
    subject: note ? `${title}: ${note}` : title,
    parts: [
      { text: `${organisation} gave you access to ${opens} of an order by Order Based Access.` },
      {
        facts: [
          ['Sales order', number],
          ...(customerOrderNumber ? [['Customer order', customerOrderNumber] as [string, string]] : []),
          ...(note ? [['Note', note] as [string, string]] : []),
          ['Open until', lastDay ? readDate(lastDay) : 'No end date'],
        ],
      },
      { link: sharedLink(token), label: 'Open what was shared with you' },
      {
        text: 'You need no account. The page sends a code to this address, and opens with it. If you have a sign-in with this address, you find the order in your User View too.',
      },
    ],
  }
}

/** The mail with the code for a link. */
export const codeLetter = (code: string, token: string): Letter => ({
  subject: 'Your code for License Central',
  parts: [
    { text: 'Somebody, most likely you, opened a link that was sent to this address. The code that it asks for:' },
    { code },
    { text: 'It is good for ten minutes and can be used once. If you did not ask for it, do nothing.' },
    { link: sharedLink(token), label: 'The page that asks for it' },
  ],
})
