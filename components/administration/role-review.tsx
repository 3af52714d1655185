import { Notice } from '@/components/ui/feedback'
import type { PersonReview, RoleReview as Review } from '@/lib/administration/state'

const number = (n: number) => n.toLocaleString('en-US')

/** What would happen, person by person, and what each would see. */
export function RoleReview({ review: { what, people } }: { review: Pick<Review, 'what' | 'people'> }) {
  const tabs = people.find(({ tabs }) => tabs.length > 0)?.tabs ?? []
  const outside = people.filter((person) => person.isOutside && person.problem === null).length
  return (
    <>
      <p>
        <strong>{what}</strong> Nothing has changed yet.
      </p>
      {outside > 0 ? (
        <Notice tone="warn" title={outside === 1 ? 'One of another organization' : `${outside} of other organizations`}>
          They would see everything that is counted below, with its orders, serial numbers and people named in it.
        </Notice>
      ) : null}
      <div className="table-box table-box-natural">
        <table className={`data-table ${tabs.map((_, index) => `num-${index + 3}`).join(' ')}`}>
          <caption className="sr-only">What each person would see</caption>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">State</th>
              {tabs.map(({ label }) => (
                <th scope="col" key={label}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow key={person.who} person={person} columns={tabs.length} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function PersonRow({
  person: { who, problem, isOutside, tabs, preview },
  columns,
}: {
  person: PersonReview
  columns: number
}) {
  return (
    <tr>
      <th scope="row">
        {who}
        {preview ? (
          <a className="link block text-sm" href={preview} target="_blank" rel="noreferrer">
            See what they will see<span className="sr-only">: {who}, in a new tab</span>
          </a>
        ) : null}
      </th>
      {problem === null ? (
        <>
          <td>
            {isOutside ? (
              <span className="state tone-warn">Gets the role; another organization</span>
            ) : (
              <span className="state tone-good">Gets the role</span>
            )}
          </td>
          {tabs.map(({ label, before, after }) => (
            <td key={label}>{before === after ? number(after) : `${number(before)} → ${number(after)}`}</td>
          ))}
        </>
      ) : (
        <td className="wrap" colSpan={columns + 1}>
          <span className="state tone-bad">{problem}</span>
        </td>
      )}
    </tr>
  )
}
