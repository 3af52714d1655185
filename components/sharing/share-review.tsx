import { Facts } from '@/components/ui/facts'
import type { ShareReview as Review } from '@/lib/sharing/share-state'
import { readDate } from '@/lib/table/cells'
import { OpenedOrderView } from './opened-order'

/** Who gets a mail, and what they will see: the same part that draws their page. */
export function ShareReview({ review, lastDay }: { review: Review; lastDay: string }) {
  const { recipients, what, subject, mails, order } = review
  const refused = recipients.filter(({ email }) => email === null).length
  return (
    <>
      <p>
        <strong>You are about to share {what}.</strong> Nothing was sent yet.
      </p>
      <Facts
        items={[
          { label: 'Subject', value: subject },
          { label: 'Mails', value: mails.toLocaleString('en-US') },
          { label: 'Open until', value: lastDay ? readDate(lastDay) : 'No end date' },
        ]}
      />
      <div className="table-box table-box-natural">
        <table className="data-table">
          <caption className="sr-only">Recipients</caption>
          <thead>
            <tr>
              <th scope="col">Recipient</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {recipients.map(({ typed, email }) => (
              <tr key={typed}>
                <th scope="row">{email ?? typed}</th>
                <td>
                  {email === null ? (
                    <span className="state tone-bad">This is not an e-mail address; it gets nothing</span>
                  ) : (
                    <span className="state tone-good">Gets access</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {refused > 0 && refused < recipients.length ? <p>The others get theirs.</p> : null}
      <h2>What each recipient will see</h2>
      <OpenedOrderView order={order} />
    </>
  )
}
