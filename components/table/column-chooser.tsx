'use client'

import { columnOrderingFeature, columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { type DragEvent, useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { densities } from '@/lib/table/layout'
import type { ColumnPanelProps } from './column-panel'

const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature })
const noRows: Record<string, never>[] = []

/**
 * The form behind "Columns": its check boxes stand in the order of the columns and are sent in it, so what is sent is the
 * layout. Order is changed by dragging, or by the two buttons of a row.
 */
export function ColumnChooser({ all, layout, save }: Omit<ColumnPanelProps, 'closeHref'>) {
  const columns = useMemo(() => all.map(({ name, label }) => ({ id: name, header: label })), [all])
  const table = useTable({ features, columns, data: noRows, initialState: stateOf(all, layout) })
  const [words, setWords] = useState('')
  const [dragged, setDragged] = useState<string>()
  const [said, setSaid] = useState('')
  const labels = new Map(all.map(({ name, label }) => [name, label]))
  const order = table.getAllLeafColumns().map(({ id }) => id)
  const shown = table.getVisibleLeafColumns().length

  function move(id: string, to: number) {
    if (to < 0 || to >= order.length) return
    table.setColumnOrder(order.filter((other) => other !== id).toSpliced(to, 0, id))
    setSaid(`${labels.get(id)} is now at place ${to + 1} of ${order.length}.`)
  }
  const onDragOver = (event: DragEvent, over: string) => {
    event.preventDefault()
    if (dragged && dragged !== over) move(dragged, order.indexOf(over))
  }

  return (
    <form id="column-form" action={save} className="grid gap-4">
      <fieldset className="segments justify-self-start">
        <legend className="sr-only">Density</legend>
        {densities.map((density) => (
          <label key={density} className="segment">
            <input
              type="radio"
              name="density"
              value={density}
              defaultChecked={density === layout.density}
              className="sr-only"
            />
            {density.replace(/^./, (letter) => letter.toUpperCase())}
          </label>
        ))}
      </fieldset>
      <label className="search-box needs-script">
        <span className="sr-only">Find a column</span>
        <Icon name="search" />
        <input
          type="search"
          className="input"
          placeholder="Find a column"
          value={words}
          onChange={({ target }) => setWords(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault()
          }}
        />
      </label>
      <p className="field-hint">
        {shown} of {all.length} columns. The first one is the link to a row and stays while the table scrolls.
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      <ol className="column-list">
        {table.getAllLeafColumns().map((column, index) => {
          const label = labels.get(column.id) ?? column.id
          const isFound = label.toLowerCase().includes(words.trim().toLowerCase())
          return (
            <li
              key={column.id}
              hidden={!isFound}
              draggable
              data-dragged={dragged === column.id}
              onDragStart={() => setDragged(column.id)}
              onDragOver={(event) => onDragOver(event, column.id)}
              onDragEnd={() => setDragged(undefined)}
            >
              <Icon name="grip" />
              <label className="check-row">
                <input
                  type="checkbox"
                  name="column"
                  value={column.id}
                  checked={column.getIsVisible()}
                  onChange={({ target }) => column.toggleVisibility(target.checked || shown === 1)}
                />
                <span>{label}</span>
              </label>
              <Mover
                label={`Move ${label} up`}
                icon="sort-up"
                isEnd={index === 0}
                onMove={() => move(column.id, index - 1)}
              />
              <Mover
                label={`Move ${label} down`}
                icon="sort-down"
                isEnd={index === order.length - 1}
                onMove={() => move(column.id, index + 1)}
              />
            </li>
          )
        })}
      </ol>
    </form>
  )
}

type MoverProps = { label: string; icon: 'sort-up' | 'sort-down'; isEnd: boolean; onMove: () => void }

/** Stays focusable at the end of the way, so that the focus is not lost there. */
function Mover({ label, icon, isEnd, onMove }: MoverProps) {
  return (
    <Button
      look="quiet"
      size="small"
      icon={icon}
      iconOnly
      className="needs-script"
      aria-disabled={isEnd}
      onClick={onMove}
    >
      {label}
    </Button>
  )
}

/** The columns shown first, in their order, then the others as they are declared. */
function stateOf(all: ColumnPanelProps['all'], { columns }: ColumnPanelProps['layout']) {
  const hidden = all.flatMap(({ name }) => (columns.includes(name) ? [] : [name]))
  return {
    columnOrder: [...columns, ...hidden],
    columnVisibility: Object.fromEntries(hidden.map((name) => [name, false])),
  }
}
