import type { ReactNode } from 'react'
import type { Misplaced, Shortage } from '@/lib/assignment/finders'
import { RULE_FIELDS } from '@/lib/assignment/rule-fields'
import type { Rule } from '@/lib/assignment/rules'
import type { PlaceName } from './review-view'

const number = (n: number) => n.toLocaleString('en-US')

/** Licenses that are short in one Virtual Account and to spare in another, each with what would close the gap. */
export function ShortageTable({
  found,
  place,
  button,
}: {
  found: Shortage[]
  place: PlaceName
  button: (key: string) => ReactNode
}) {
  return (
    <Table
      caption="Licenses that are short and to spare elsewhere"
      look="num-2"
      columns={['License', 'Too few', 'What would help', 'Next']}
    >
      {found.map(({ key, name, short, closes, moves }) => (
        <tr key={key}>
          <th scope="row">{name}</th>
          <td>{number(short)}</td>
          <td className="wrap">
            {moves.length === 0 ? (
              <span className="text-ink-muted">Nobody has any to spare</span>
            ) : (
              <ul>
                {moves.map(({ giver, from, to, quantity }) => (
                  <li key={`${giver} ${to}`}>
                    {number(quantity)} from {place(from)} to {place(to)}
                  </li>
                ))}
                {closes < short ? <li className="text-ink-muted">{number(short - closes)} stay short</li> : null}
              </ul>
            )}
          </td>
          <td>{moves.length > 0 ? button(key) : null}</td>
        </tr>
      ))}
    </Table>
  )
}

/** Devices that use licenses of another Virtual Account than their own. */
export function MisplacedTable({
  found,
  place,
  button,
}: {
  found: Misplaced[]
  place: PlaceName
  button: (one: Misplaced) => ReactNode
}) {
  return (
    <Table
      caption="Devices that use licenses of another Virtual Account"
      look="num-3 num-4"
      columns={['License', 'License is in', 'Devices', 'In use by them', 'Devices are in', 'Next']}
    >
      {found.map((one) => (
        <tr key={`${one.license} ${one.devicesIn}`}>
          <th scope="row">{one.name}</th>
          <td>{place(one.at)}</td>
          <td>{number(one.devices)}</td>
          <td>{number(one.quantity)}</td>
          <td>{place(one.devicesIn)}</td>
          <td>{button(one)}</td>
        </tr>
      ))}
    </Table>
  )
}

type RuleProps = {
  rules: Rule[]
  place: PlaceName
  logHref: (id: number) => string
  buttons: (rule: Rule) => ReactNode
}

/** The rules of the account, each with what waits for it. */
export function RuleTable({ rules, place, logHref, buttons }: RuleProps) {
  return (
    <Table
      caption="Assignment rules"
      look="num-4"
      columns={['Devices by', 'Value', 'Belong in', 'Would move now', 'What it moved', 'Next']}
    >
      {rules.map((rule) => (
        <tr key={rule.id}>
          <th scope="row">{RULE_FIELDS[rule.field]}</th>
          <td className="identifier">{rule.value}</td>
          <td>{place(rule.virtualAccountId)}</td>
          <td>{number(rule.waiting)}</td>
          <td>
            <a href={logHref(rule.id)} className="link">
              Its log<span className="sr-only">: {rule.value}</span>
            </a>
          </td>
          <td>{buttons(rule)}</td>
        </tr>
      ))}
    </Table>
  )
}

function Table({
  caption,
  look,
  columns,
  children,
}: {
  caption: string
  look: string
  columns: string[]
  children: ReactNode
}) {
  return (
    <div className="table-box table-box-natural">
      <table className={`data-table ${look}`}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
