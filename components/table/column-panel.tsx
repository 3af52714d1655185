'use client'

import { lazy, Suspense } from 'react'
import { Drawer } from '@/components/ui/drawer'
import type { Layout } from '@/lib/table/layout'

// The column model comes with TanStack Table, which is as large as all other script of a tab: only when it is asked for.
const ColumnChooser = lazy(() => import('./column-chooser').then((file) => ({ default: file.ColumnChooser })))

export type ColumnPanelProps = {
  all: { name: string; label: string }[]
  layout: Layout
  closeHref: string
  save: (form: FormData) => Promise<void>
}

/** Which columns a person sees, in which order and how dense; kept for them on the server. */
export function ColumnPanel({ closeHref, ...rest }: ColumnPanelProps) {
  const footer = (
    <>
      <button type="submit" form="column-form" name="reset" value="1" className="button button-quiet">
        Reset
      </button>
      <button type="submit" form="column-form" className="button button-primary">
        Save
      </button>
    </>
  )
  return (
    <Drawer title="Columns and density" closeHref={closeHref} returnTo="#columns-and-density" footer={footer}>
      <Suspense>
        <ColumnChooser {...rest} />
      </Suspense>
    </Drawer>
  )
}
