'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useModal } from '@/components/ui/use-modal'
import type { Command } from './types'

const fixed = [
  { label: 'Go to any page', keys: ['Ctrl', 'K'] },
  { label: 'Search on this page', keys: ['/'] },
  { label: 'This list', keys: ['?'] },
  { label: 'Close what is open', keys: ['Esc'] },
  { label: 'To another row of a list', keys: ['↑', '↓'] },
  { label: 'To the first or last row', keys: ['Home', 'End'] },
  { label: 'Select the row', keys: ['Space'] },
  { label: 'Select what lies between', keys: ['Shift', '↑ ↓'] },
]

/** All keys, and the switch that turns them off for people whose own tools use them. */
export function ShortcutSheet({ commands, onClose }: { commands: Command[]; onClose: () => void }) {
  const modal = useModal(onClose)
  const [on, setOn] = useState(() => localStorage.getItem('shortcuts') !== 'off')
  const goTo = commands.flatMap(({ label, shortcut }) => (shortcut ? [{ label, keys: shortcut.split(' ') }] : []))
  return (
    <dialog {...modal.props} className="dialog" aria-labelledby="shortcut-title">
      <div className="dialog-header">
        <h2 id="shortcut-title" tabIndex={-1}>
          Keyboard shortcuts
        </h2>
        <Button look="quiet" size="small" icon="close" iconOnly onClick={modal.close}>
          Close
        </Button>
      </div>
      <div className="dialog-body">
        <dl className="grid gap-x-10 sm:grid-cols-2">
          {[...fixed, ...goTo].map(({ label, keys }) => (
            <div key={label} className="flex min-h-9 items-center justify-between gap-4 border-b border-line">
              <dt>{label}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <kbd key={key} className="kbd">
                    {key.length === 1 ? key.toUpperCase() : key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="dialog-footer">
        <label className="check-row me-auto">
          <input
            type="checkbox"
            checked={on}
            onChange={() => {
              localStorage.setItem('shortcuts', on ? 'off' : 'on')
              setOn(!on)
            }}
          />
          <span>Use keyboard shortcuts in this browser</span>
        </label>
      </div>
    </dialog>
  )
}
