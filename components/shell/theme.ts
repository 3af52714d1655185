export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Cookie that holds the choice, so that the server draws the right theme at once and nothing flashes. */
export const themeCookie = 'theme'

/** Anything but a known choice is the system's own. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}
