'use client'

import { useRouter } from 'next/navigation'
import { Fragment, type KeyboardEvent, useId, useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { useModal } from '@/components/ui/use-modal'
import { matching } from './matching'
import { recentCommands } from './recent'
import type { Command } from './types'

type Props = { commands: Command[]; searchHref?: string; onClose: () => void }

/** Combobox after the ARIA practices: the focus stays in the field, arrows move the active option, Enter goes there. */
export function CommandPalette({ commands, searchHref, onClose }: Props) {
  const router = useRouter()
  const id = useId()
  const modal = useModal(onClose)
  const [words, setWords] = useState('')
  const [active, setActive] = useState(0)
  const [recent] = useState(() => recentCommands(location.pathname))
  const found = matching([...recent, ...commands], words, searchHref)

  function go(command: Command | undefined) {
    if (!command) return
    modal.close()
    router.push(command.href)
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') go(found[active])
    else if (step && found.length > 0) {
      const next = (active + step + found.length) % found.length
      setActive(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else return
    event.preventDefault()
  }

  return (
    <dialog {...modal.props} className="dialog palette" aria-label="Go to a page">
      <div className="palette-input">
        <Icon name="search" className="text-ink-muted" />
        <input
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-label="Go to a page"
          placeholder="Go to a page"
          autoComplete="off"
          spellCheck={false}
          value={words}
          onChange={(event) => {
            setWords(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          {...(found.length > 0 && { 'aria-activedescendant': `${id}-${active}` })}
        />
        <span className="kbd text-ink-muted" aria-hidden="true">
          Esc
        </span>
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Pages" className="palette-list">
        {found.map((command, index) => (
          <Fragment key={`${command.group} ${command.href}`}>
            {command.group === found[index - 1]?.group ? null : (
              <p className="menu-heading" aria-hidden="true">
                {command.group}
              </p>
            )}
            <Link
              id={`${id}-${index}`}
              href={command.href}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="menu-item"
              onClick={modal.close}
              onPointerMove={() => setActive(index)}
            >
              {command.label}
              {command.shortcut ? <Keys keys={command.shortcut} /> : null}
            </Link>
          </Fragment>
        ))}
      </div>
      <p role="status" className={found.length ? 'sr-only' : 'px-5 py-6 text-center text-ink-muted'}>
        {found.length ? `${found.length} pages` : 'No page has these words.'}
      </p>
    </dialog>
  )
}

function Keys({ keys }: { keys: string }) {
  return (
    <span className="ms-auto flex gap-1 text-ink-muted" aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd key={key} className="kbd">
          {key.toUpperCase()}
        </kbd>
      ))}
    </span>
  )
}
