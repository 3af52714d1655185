import { Link } from '@/components/ui/link'
import type { Place } from '@/lib/administration/places'
import { readDate } from '@/lib/table/cells'

const number = (n: number) => n.toLocaleString('en-US')
const CONTENTS = [
  ['devices', 'Devices'],
  ['licenses', 'Licenses'],
  ['contracts', 'Contract products'],
  ['subscriptions', 'Subscription products'],
  ['orderLines', 'Order lines'],
] as const

type PlaceTableProps = { places: Place[]; href: (id: number) => string }

/** Virtual Accounts as a tree, each with what is in it itself. */
export function PlaceTable({ places, href }: PlaceTableProps) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table num-3 num-4 num-5 num-6 num-7">
        <caption className="sr-only">Virtual Accounts, each under the one that it is nested in</caption>
        <thead>
          <tr>
            <th scope="col">Virtual Account</th>
            <th scope="col">Access</th>
            {CONTENTS.map(([, label]) => (
              <th scope="col" key={label}>
                {label}
              </th>
            ))}
            <th scope="col">Preferred end date</th>
            <th scope="col">Tags</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place.id}>
              <th scope="row">
                <span style={{ paddingInlineStart: `${place.depth * 1.25}rem` }}>
                  {place.isPlanned ? (
                    <Link href={href(place.id)} className="link">
                      {place.name}
                    </Link>
                  ) : (
                    place.name
                  )}
                  {place.depth > 0 ? <span className="sr-only">, nested {place.depth} deep</span> : null}
                </span>
              </th>
              <td>{accessOf(place)}</td>
              {CONTENTS.map(([kind]) => (
                <td key={kind}>{number(place.contents[kind])}</td>
              ))}
              <td>{place.preferredEndDate ? readDate(place.preferredEndDate) : ''}</td>
              <td className="wrap">
                {Object.entries(place.tags)
                  .map(([name, value]) => (value ? `${name}=${value}` : name))
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const accessOf = ({ isDefault, isRestricted }: Place) => {
  if (isDefault) return 'Default'
  return isRestricted ? 'Restricted' : 'Open'
}
