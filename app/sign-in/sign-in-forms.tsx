import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

/** What each form sends along: next-auth's token, and the path to go to. */
export type Hidden = { csrfToken: string; callbackUrl: string }

export function HiddenFields({ hidden }: { hidden: Hidden }) {
  return Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
}

export function PasswordForm({ hidden }: { hidden: Hidden }) {
  return (
    <form method="post" action="/api/auth/callback/credentials" className="grid gap-4">
      <HiddenFields hidden={hidden} />
      <TextField name="email" label="Email address" type="email" autoComplete="username" maxLength={254} autoFocus />
      <TextField name="password" label="Password" type="password" autoComplete="current-password" maxLength={128} />
      <Button type="submit" look="primary">
        Sign in
      </Button>
    </form>
  )
}

export function SingleSignOnForm({ hidden, name }: { hidden: Hidden; name: string }) {
  return (
    <form method="post" action="/api/auth/signin/oidc" className="grid gap-4">
      <HiddenFields hidden={hidden} />
      <p className="sign-in-or">or</p>
      <Button type="submit" icon="key">
        Continue with {name}
      </Button>
    </form>
  )
}
