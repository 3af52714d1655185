import type { ReactNode } from 'react'
import { AssignStatusCard } from '@/components/overview/assign-status'
import { Consumption } from '@/components/overview/consumption'
import { CoverageFigure, SupportFigure } from '@/components/overview/device-figures'
import { Expirations } from '@/components/overview/expirations'
import { FigureFilterForm } from '@/components/overview/figure-filter'
import { Headline } from '@/components/overview/headline'
import { Insights } from '@/components/overview/insights'
import { NothingYet } from '@/components/overview/nothing-yet'
import { Explain } from '@/components/ui/explain'
import { SoftNavigation } from '@/components/ui/soft-navigation'
import { PageHeader } from '@/components/ui/surface'
import type { Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { consumptionFigure, coverageFigure, expirationFigure, supportFigure } from '@/lib/overview/figures'
import type { RowsHref } from '@/lib/overview/links'
import { readOverview } from '@/lib/overview/queries'
import { type FilteredFigure, type OverviewState, overviewQuery } from '@/lib/overview/schema'
import { assignmentOf, deviceStats, insightsOf, linesOf } from '@/lib/overview/stats'
import { filterText, originOf, scopeText } from '@/lib/overview/words'

type OverviewBodyProps = {
  viewer: Viewer
  state: OverviewState
  /** Where it stands, without parameters. */
  path: string
  rowsHref: RowsHref
  /** What stands under the figures; not where there is nothing to measure. */
  children?: ReactNode
}

/** What the Overview measures for a viewer; every number leads to its rows by `rowsHref`. */
export async function OverviewBody({ viewer, state, path, rowsHref, children }: OverviewBodyProps) {
  const read = await readOverview(viewer, state)
  const making = { viewer, rowsHref }
  const origin = originOf(read, now())
  const coverage = coverageFigure(read, state.coverage, rowsHref)
  const expirations = expirationFigure(read, state, rowsHref)
  const href = (changed: Partial<OverviewState>) => hrefOf(path, { ...state, ...changed })
  const filterForm = (figure: FilteredFigure, title: string, choices: typeof coverage.choices) => (
    <FigureFilterForm
      figure={figure}
      title={title}
      filter={state[figure]}
      choices={choices}
      action={path}
      kept={overviewQuery({ ...state, [figure]: {} })}
      clearHref={href({ [figure]: {} })}
    />
  )
  const held = [read.devices, read.licenses, read.contracts.all, read.subscriptions.all]
  if (held.every(({ total }) => total === 0)) {
    return (
      <>
        <PageHeader title="Overview" summary={scopeText(viewer)} />
        <NothingYet scope={scopeText(viewer)} isWhole={viewer.scope.kind === 'account'} />
      </>
    )
  }
  return (
    <SoftNavigation>
      <PageHeader title="Overview" summary={scopeText(viewer)} asOf={`As of ${origin.asOf}`} />
      <Headline stats={deviceStats(making, read)} origin={origin} />
      <Insights
        insights={insightsOf(making, read)}
        show={state.show}
        hrefs={{ number: href({ show: 'number' }), percent: href({ show: 'percent' }) }}
        origin={origin}
      />
      <div className="overview-pair">
        <CoverageFigure
          figure={coverage}
          filters={filterForm('coverage', 'Device Coverage', coverage.choices)}
          filterText={filterText(state.coverage)}
          origin={origin}
        />
        <SupportFigure figure={supportFigure(read, rowsHref)} origin={origin} />
      </div>
      <Expirations
        rows={expirations.rows}
        lines={linesOf(making, read, state.expiration)}
        period={state.expirationPeriod}
        hrefs={{ quarter: href({ expirationPeriod: 'quarter' }), month: href({ expirationPeriod: 'month' }) }}
        filters={filterForm('expiration', 'Expirations', expirations.choices)}
        filterText={filterText(state.expiration)}
        origin={origin}
      />
      <div className={read.assignment ? 'overview-pair overview-pair-wide-first' : undefined}>
        <Consumption
          figure={consumptionFigure(read, rowsHref)}
          explain={
            <Explain
              of="Assigned License Consumption"
              counts="What is owned and what is in use of licenses, by category: the architecture of the product."
              formula="Consumption: in use, divided by quantity. Insufficient: licenses of which more is in use or reserved than is owned in their Virtual Account."
              excludes="Terms that are not in force today."
              {...origin}
            />
          }
        />
        {read.assignment ? (
          <AssignStatusCard
            kinds={assignmentOf(making, read.assignment)}
            explain={
              <Explain
                of="Assign Status"
                counts="How many assets, entitlements and orders are in a Virtual Account other than DEFAULT, in DEFAULT, and in none. An order with lines of both kinds is partly assigned. Only Smart Account Administrators see this."
                formula="Each number divided by all of its kind."
                {...origin}
              />
            }
          />
        ) : null}
      </div>
      {children}
    </SoftNavigation>
  )
}

function hrefOf(path: string, state: OverviewState): string {
  const search = new URLSearchParams(overviewQuery(state))
  return search.size > 0 ? `${path}?${search}` : path
}
