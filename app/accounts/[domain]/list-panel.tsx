import { ColumnPanel } from '@/components/table/column-panel'
import { FilterPanel } from '@/components/table/filter-panel'
import { ScheduleForm, type ScheduleView } from '@/components/table/schedule-form'
import { ViewsPanel } from '@/components/table/views-panel'
import { getViewer } from '@/lib/access/signed-in'
import { savedView } from '@/lib/paths'
import { readDate } from '@/lib/table/cells'
import type { Panel } from '@/lib/table/load'
import { type Params, valuesOf } from '@/lib/table/parse'
import type { TableView } from '@/lib/table/view'
import type { ListViews } from '@/lib/views/list-views'
import { frequencies } from '@/lib/views/schedule-days'
import { maySendToOthers, readSchedules, type Schedule } from '@/lib/views/schedules'
import { type ViewPlace, viewProblems } from '@/lib/views/schema'
import { saveLayout } from './table-actions'
import { changeSavedView, removeSavedView, saveView, scheduleSavedView, updateSavedView } from './view-actions'

type Props = { panel: Panel; view: TableView; domain: string; tab: string; params: Params }

/** What stands over a list of a tab: its filters, its columns, or its saved views. */
export function ListPanel({ panel, view, domain, tab, params }: Props) {
  const closeHref = `${view.path}${view.search}`
  const where = { domain, tab, search: view.search }
  if (panel?.kind === 'filters') return <FilterPanel filters={panel.filters} view={view} />
  if (panel?.kind === 'columns') {
    const save = saveLayout.bind(null, { domain, table: tab, search: view.search })
    return <ColumnPanel all={panel.all} layout={panel.layout} closeHref={closeHref} save={save} />
  }
  if (panel?.kind !== 'views' || !view.views) return null
  return <Views views={view.views} closeHref={closeHref} where={where} problem={valuesOf(params, 'problem')[0]} />
}

type ViewsProps = { views: ListViews; closeHref: string; where: ViewPlace; problem: string | undefined }

async function Views({ views, closeHref, where, problem }: ViewsProps) {
  const viewer = await getViewer(where.domain)
  const schedules = await readSchedules(viewer)
  return (
    <ViewsPanel
      views={views}
      closeHref={closeHref}
      problem={Object.entries(viewProblems).find(([name]) => name === problem)?.[1]}
      save={saveView.bind(null, where)}
      update={(id) => updateSavedView.bind(null, where, id)}
      change={(id) => changeSavedView.bind(null, where, id)}
      remove={(id) => removeSavedView.bind(null, where, id)}
      linkOf={(id) => savedView(where.domain, id)}
      more={({ id }) => (
        <ScheduleForm
          schedule={scheduleView(schedules.get(id))}
          frequencies={frequencies}
          withPeople={maySendToOthers(viewer)}
          save={scheduleSavedView.bind(null, where, id)}
        />
      )}
    />
  )
}

function scheduleView(schedule: Schedule | undefined): ScheduleView | null {
  if (!schedule) return null
  const { frequency, skipsEmpty, recipients, paused, nextOn } = schedule
  return {
    frequency,
    skipsEmpty,
    others: recipients.length - 1,
    state: paused ? `It rests: ${paused}` : `The next one goes out on ${readDate(nextOn)}.`,
  }
}
