import type { ReactNode } from 'react'
import { Empty } from './feedback'
import type { IconName } from './icon'

type ProblemProps = {
  title: string
  children: ReactNode
  actions: ReactNode
  kind?: 'nothing' | 'no-match' | 'failed' | 'degraded'
  icon?: IconName
  reference?: string | undefined
}

/** A whole page about one problem: not found, could not be loaded, something failed. */
export function ProblemPage({ title, children, actions, kind = 'failed', icon, reference }: ProblemProps) {
  return (
    <main id="main" tabIndex={-1} className="page place-items-center content-center">
      <Empty kind={kind} title={title} level={1} actions={actions} reference={reference} {...(icon && { icon })}>
        {children}
      </Empty>
    </main>
  )
}
