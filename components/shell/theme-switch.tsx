'use client'

import { useState } from 'react'
import { type Theme, themeCookie, themes } from './theme'

const labels: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }
const year = 365 * 86_400_000

/** Takes effect at once and is kept a year. The cookie store is missing on plain http: then it holds for this page only. */
function choose(theme: Theme) {
  document.documentElement.setAttribute('data-theme', theme)
  const options = { name: themeCookie, value: theme, path: '/', sameSite: 'lax', expires: Date.now() + year } as const
  if ('cookieStore' in window) window.cookieStore.set(options).catch(() => undefined)
}

export function ThemeSwitch({ theme: initial }: { theme: Theme }) {
  const [current, setCurrent] = useState(initial)
  return (
    <fieldset className="segments needs-script">
      <legend className="sr-only">Color theme</legend>
      {themes.map((theme) => (
        <label key={theme} className="segment">
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={theme === current}
            onChange={() => {
              setCurrent(theme)
              choose(theme)
            }}
          />
          {labels[theme]}
        </label>
      ))}
    </fieldset>
  )
}
