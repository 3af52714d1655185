import { Pager } from '@/components/ui/pager'
import { Card } from '@/components/ui/surface'
import type { Balance } from '@/lib/assignment/balances'
import type { InUse } from '@/lib/assignment/in-use'
import type { PlanRow, Review, Tally } from '@/lib/assignment/review'
import { countOf, SUBJECT_NOUNS, stayText } from '@/lib/assignment/words'

export type PlaceName = (id: number | null) => string

const number = (n: number) => n.toLocaleString('en-US')

type Props = { review: Review; place: PlaceName; pageHref: (page: number) => string }

/** What a plan moves, what stays and why, and what that does to licenses. */
export function ReviewView({ review, place, pageHref }: Props) {
  const { tallies, rows, page, pages, balances, inUse, problems } = review
  const total = tallies.reduce((sum, { n }) => sum + n, 0)
  return (
    <>
      <Card id="moves" title="What moves, and what stays">
        <ul className="device-list">
          {tallies.map((tally) => (
            <li key={`${tally.subject} ${tally.stays} ${tally.follows}`}>
              <TallyText tally={tally} />
            </li>
          ))}
          {problems.map((problem) => (
            <li key={problem}>
              <span className="state tone-warn">{problem}</span>
            </li>
          ))}
        </ul>
      </Card>
      {balances.length > 0 ? <Balances balances={balances} place={place} /> : null}
      {inUse.length > 0 ? <LicensesUsed inUse={inUse} place={place} /> : null}
      <Card id="rows" title="One by one">
        <div className="table-box table-box-natural">
          <table className="data-table num-3">
            <caption className="sr-only">Everything in this plan</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Kind</th>
                <th scope="col">Quantity</th>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.position} row={row} place={place} />
              ))}
            </tbody>
          </table>
        </div>
        {pages > 1 ? (
          <Pager
            summary={`${number(rows.length)} of ${number(total)} shown`}
            page={page}
            pages={pages}
            href={pageHref}
          />
        ) : null}
      </Card>
    </>
  )
}

function TallyText({ tally: { subject, stays, follows, n, quantity } }: { tally: Tally }) {
  const what = countOf(subject, n)
  const of = subject === 'license' && stays === null ? ` (${number(quantity)} in all)` : ''
  if (stays !== null)
    return (
      <span className="state tone-neutral">
        {what} {n === 1 ? 'stays' : 'stay'}: {stayText(stays).replace(/^./, (letter) => letter.toLowerCase())}
      </span>
    )
  return (
    <span className="state tone-good">
      {what}
      {of} {n === 1 ? 'moves' : 'move'}
      {follows ? ' along, with what they are part of or cover' : ''}
    </span>
  )
}

function Row({ row, place }: { row: PlanRow; place: PlaceName }) {
  const { subject, name, more, from, to, quantity, owned, stays, follows } = row
  return (
    <tr>
      <th scope="row">
        {name} <span className="identifier text-ink-muted">{more}</span>
      </th>
      <td className="first-letter:uppercase">{SUBJECT_NOUNS[subject].one}</td>
      <td>{subject === 'license' ? `${number(quantity ?? 0)} of ${number(owned ?? 0)}` : ''}</td>
      <td>{place(from)}</td>
      <td>{place(to)}</td>
      <td className="wrap">
        {stays === null ? (
          <span className="state tone-good">{follows ? 'Moves along' : 'Moves'}</span>
        ) : (
          <span className="state tone-neutral">{stayText(stays)}</span>
        )}
      </td>
    </tr>
  )
}

function Balances({ balances, place }: { balances: Balance[]; place: PlaceName }) {
  const short = balances.filter(({ before, after }) => after < 0 && after < before).length
  return (
    <Card id="balances" title="Licenses before and after">
      <p className="pb-3">
        {short === 0
          ? 'No Virtual Account becomes short of a license by this.'
          : `${short === 1 ? 'One license becomes' : `${number(short)} licenses become`} shorter than it is in use. You can still do this; the Virtual Account is out of compliance then.`}
      </p>
      <div className="table-box table-box-natural">
        <table className="data-table num-3 num-4 num-5 num-6">
          <caption className="sr-only">What is left to use of each license, before and after</caption>
          <thead>
            <tr>
              <th scope="col">License</th>
              <th scope="col">Virtual Account</th>
              <th scope="col">Owned</th>
              <th scope="col">In use</th>
              <th scope="col">Left to use</th>
              <th scope="col">Then</th>
              <th scope="col">Compliance</th>
            </tr>
          </thead>
          <tbody>
            {balances.map(({ name, sku, place: at, owned, moved, inUse, before, after }) => (
              <tr key={`${name} ${sku} ${at} ${owned} ${moved}`}>
                <th scope="row">{name}</th>
                <td>{place(at)}</td>
                <td>{`${number(owned)} → ${number(owned + moved)}`}</td>
                <td>{number(inUse)}</td>
                <td>{number(before)}</td>
                <td>{number(after)}</td>
                <td>
                  <Compliance before={before} after={after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Compliance({ before, after }: { before: number; after: number }) {
  if (after < 0)
    return <span className="state tone-bad">{before < 0 ? 'Stays insufficient' : 'Becomes insufficient'}</span>
  return <span className="state tone-good">{before < 0 ? 'Becomes sufficient' : 'Stays sufficient'}</span>
}

function LicensesUsed({ inUse, place }: { inUse: InUse[]; place: PlaceName }) {
  return (
    <Card id="in-use" title="Licenses in use by these devices stay">
      <p className="pb-3">
        A device uses the licenses of its own Virtual Account. Move the licenses too, or see that the target has enough.
      </p>
      <div className="table-box table-box-natural">
        <table className="data-table num-3 num-4 num-5">
          <caption className="sr-only">Licenses that the devices of this plan use</caption>
          <thead>
            <tr>
              <th scope="col">License</th>
              <th scope="col">Stays in</th>
              <th scope="col">Devices</th>
              <th scope="col">Used by them</th>
              <th scope="col">Left to use in the target</th>
            </tr>
          </thead>
          <tbody>
            {inUse.map(({ name, place: at, devices, quantity, spare }) => (
              <tr key={`${name} ${at} ${devices} ${quantity}`}>
                <th scope="row">{name}</th>
                <td>{place(at)}</td>
                <td>{number(devices)}</td>
                <td>{number(quantity)}</td>
                <td>{spare === null ? 'none there' : number(spare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
