import { DEMO_PASSWORD, personaGroups } from '@/lib/demo/personas'

/** What `npm run demo` says once the server answers: where it is, and as whom one can sign in. */
export function welcome(address: string, place: string): string {
  const personas = personaGroups.flatMap((group) => group.personas)
  const width = Math.max(...personas.map(({ email }) => email.length))
  const groups = personaGroups.map(({ title, personas: people }) =>
    [title, ...people.map(({ email, label, sees }) => `  ${email.padEnd(width)}  ${label}: ${sees}`)].join('\n'),
  )
  const where = `License Central is at ${address}\nDatabase: ${place}`
  return `\n${[where, `Sign in with any of these and the password "${DEMO_PASSWORD}":`, ...groups].join('\n\n')}\n`
}
