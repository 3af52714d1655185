import type { Review } from '@/lib/administration/state'
import { RoleReview } from './role-review'

/** What would happen: in a sentence, line by line, person by person. */
export function ReviewParts({ review: { what, lines = [], notes = [], people } }: { review: Review }) {
  return (
    <>
      {people ? (
        <RoleReview review={{ what, people }} />
      ) : (
        <p>
          <strong>{what}</strong> Nothing has changed yet.
        </p>
      )}
      {lines.length > 0 ? (
        <div className="table-box table-box-natural">
          <table className="data-table">
            <caption className="sr-only">What would change</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Now</th>
                <th scope="col">Then</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ label, before, after }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td className="wrap">{before}</td>
                  <td className="wrap">{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </>
  )
}
