import type { Metadata } from 'next'
import { AssignStatusCard } from '@/components/overview/assign-status'
import { Consumption } from '@/components/overview/consumption'
import { CoverageFigure, SupportFigure } from '@/components/overview/device-figures'
import { Expirations } from '@/components/overview/expirations'
import { FigureFilterForm } from '@/components/overview/figure-filter'
import { Headline } from '@/components/overview/headline'
import { Insights } from '@/components/overview/insights'
import { NothingYet } from '@/components/overview/nothing-yet'
import { Explain } from '@/components/ui/explain'
import { Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { consumptionFigure, coverageFigure, expirationFigure, supportFigure } from '@/lib/overview/figures'
import { rowsOf } from '@/lib/overview/links'
import { readOverview } from '@/lib/overview/queries'
import { type FilteredFigure, type OverviewState, overviewQuery, parseOverview } from '@/lib/overview/schema'
import { assignmentOf, deviceStats, insightsOf, linesOf } from '@/lib/overview/stats'
import { filterText, originOf, scopeText } from '@/lib/overview/words'
import { overview } from '@/lib/paths'
import type { Params } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Overview' }

type OverviewPageProps = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const viewer = await getViewer((await params).domain)
  const { state, problems } = parseOverview(await searchParams)
  if (problems.length > 0) throw new Invalid(problems)
  const read = await readOverview(viewer, state)

  const { domain } = viewer.account
  const path = overview(domain)
  const rowsHref = rowsOf(domain)
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
      <Page>
        <PageHeader title="Overview" summary={scopeText(viewer)} />
        <NothingYet scope={scopeText(viewer)} isWhole={viewer.scope.kind === 'account'} />
      </Page>
    )
  }
  return (
    <Page>
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
          categories={consumptionFigure(read, rowsHref)}
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
                counts="How many assets and entitlements are in a Virtual Account other than DEFAULT, in DEFAULT, and in none. Only Smart Account Administrators see this."
                formula="Each number divided by the sum of the three."
                {...origin}
              />
            }
          />
        ) : null}
      </div>
    </Page>
  )
}

function hrefOf(path: string, state: OverviewState): string {
  const search = new URLSearchParams(overviewQuery(state))
  return search.size > 0 ? `${path}?${search}` : path
}
