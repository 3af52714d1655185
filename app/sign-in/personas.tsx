import { DEMO_PASSWORD, type PersonaGroup } from '@/lib/demo/personas'
import { type Hidden, HiddenFields } from './sign-in-forms'

/** Demo mode: one click is one sign-in, by the same form that everybody uses. */
export function Personas({ hidden, groups }: { hidden: Hidden; groups: readonly PersonaGroup[] }) {
  return (
    <section className="personas" aria-labelledby="personas-title">
      <h2 id="personas-title">Demo: sign in as</h2>
      <p className="text-ink-muted">
        All people and companies here are made up. The password of each is <b className="text-ink">{DEMO_PASSWORD}</b>.
      </p>
      <form method="post" action="/api/auth/callback/credentials">
        <HiddenFields hidden={{ ...hidden }} />
        <input type="hidden" name="password" value={DEMO_PASSWORD} />
        {groups.map(({ title, personas }) => (
          <fieldset key={title}>
            <legend>{title}</legend>
            <ul>
              {personas.map(({ email, label, sees }) => (
                <li key={email}>
                  <button type="submit" name="email" value={email} className="persona">
                    <span className="persona-label">{label}</span>
                    <span className="persona-email">{email}</span>
                    <span className="persona-sees">{sees}</span>
                  </button>
                </li>
              ))}
            </ul>
          </fieldset>
        ))}
      </form>
    </section>
  )
}
