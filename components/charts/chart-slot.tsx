'use client'

import { lazy, type PointerEvent, type ReactNode, Suspense, useState } from 'react'
import type { Drawing } from './types'

const LiveBars = lazy(() => import('./live-bars').then((m) => ({ default: m.LiveBars })))
const LiveRing = lazy(() => import('./live-ring').then((m) => ({ default: m.LiveRing })))

export type Size = { width: number; height: number }

/** Shows the server's drawing until a pointer enters it; only then the chart library (about 120 KB) is loaded. */
export function ChartSlot({ drawing, children }: { drawing: Drawing; children: ReactNode }) {
  const [size, setSize] = useState<Size>()
  const onPointerEnter = ({ currentTarget }: PointerEvent<HTMLElement>) => {
    if (!size) setSize({ width: currentTarget.clientWidth, height: currentTarget.clientHeight })
  }
  return (
    <div className="plot" onPointerEnter={onPointerEnter}>
      {size ? (
        <Suspense fallback={children}>
          {drawing.kind === 'bars' ? <LiveBars {...drawing} size={size} /> : <LiveRing {...drawing} size={size} />}
        </Suspense>
      ) : (
        children
      )}
    </div>
  )
}
