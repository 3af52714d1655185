import type { ReactNode } from 'react'
import { CountLink } from '@/components/charts/figure-table'
import { count } from '@/components/charts/scale'
import { Card } from '@/components/ui/surface'
import { Meter } from '@/components/ui/tile'
import type { Category, Linked } from '@/lib/overview/figures'
import { shareOf } from '@/lib/overview/rules'
import { percent } from '@/lib/percent'

type ConsumptionProps = { figure: { rows: Category[]; all: Category }; explain: ReactNode }

/** Quantity and use of licenses by category. Insufficient is said in words, with the red dot beside them. */
export function Consumption({ figure: { rows, all }, explain }: ConsumptionProps) {
  return (
    <Card
      id="license-consumption"
      title={
        <span className="flex items-center gap-1">
          Assigned License Consumption
          {explain}
        </span>
      }
    >
      {rows.length === 0 ? (
        <p className="text-ink-muted">No licenses that you can see.</p>
      ) : (
        <table className="data-table consumption-table num-2 num-3 num-4">
          <caption className="sr-only">Quantity and consumption of licenses by category</caption>
          <thead>
            <tr>
              <th scope="col">Category</th>
              <th scope="col">Quantity</th>
              <th scope="col">In use</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((category) => (
              <CategoryRow key={category.label} category={category} />
            ))}
          </tbody>
          <tfoot>
            <CategoryRow category={all} hasMeter={false} />
          </tfoot>
        </table>
      )}
    </Card>
  )
}

type RowProps = { category: Category; hasMeter?: boolean }

function CategoryRow({ category: { label, quantity, inUse, insufficient }, hasMeter = true }: RowProps) {
  const share = hasMeter ? shareOf(inUse.value, quantity.value) : undefined
  return (
    <tr>
      <th scope="row">
        {label}
        <CategoryStatus insufficient={insufficient} />
      </th>
      <td>
        <CountLink text={count(quantity.value)} {...(quantity.href && { href: quantity.href })} />
      </td>
      <td>
        <CountLink text={count(inUse.value)} {...(inUse.href && { href: inUse.href })} />
      </td>
      <td>
        <span className="consumption-meter">
          {share === undefined ? null : <Meter share={share} {...(share > 1 && { tone: 'bad' })} />}
          {percent(inUse.value, quantity.value)}
        </span>
      </td>
    </tr>
  )
}

/** In words, with the red dot where licenses are short. */
function CategoryStatus({ insufficient: { value, href } }: { insufficient: Linked }) {
  if (value === 0) return <span className="consumption-status state tone-good">In compliance</span>
  return (
    <span className="consumption-status state tone-bad">
      <CountLink text={`${count(value)} insufficient`} {...(href && { href })} />
    </span>
  )
}
