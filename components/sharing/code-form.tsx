import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/feedback'
import { TextField } from '@/components/ui/field'
import { Card } from '@/components/ui/surface'

type Props = {
  /** The address of the link. */
  path: string
  /** A code was asked for. */
  isAsked: boolean
  problem?: string | undefined
}

const PROBLEMS: Readonly<Record<string, string>> = {
  code: 'This code is not right, was used, or is older than ten minutes. After five wrong ones a new code is needed.',
  often: 'There were too many attempts. Try again in a quarter of an hour.',
}

/** A code is sent to the address that the link was sent to, and opens it. Plain forms: nobody is signed in here. */
export function CodeForm({ path, isAsked, problem }: Props) {
  const text = problem === undefined ? undefined : PROBLEMS[problem]
  return (
    <div className="link-code grid gap-4">
      <h1>Something was shared with you</h1>
      {text ? (
        <Notice tone="bad" title="Not open yet" live>
          {text}
        </Notice>
      ) : null}
      {isAsked ? (
        <Card id="code" title="Type the code from your mail">
          <form action={`${path}/open`} method="post" className="grid gap-4">
            <TextField
              name="code"
              label="Code"
              hint="Eight digits. We sent it to the address that this link was sent to; it is good for ten minutes."
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
            />
            <p>
              <Button type="submit" look="primary">
                Open
              </Button>
            </p>
          </form>
        </Card>
      ) : null}
      <Card id="send" title={isAsked ? 'No code yet?' : 'Show that it is you'}>
        <form action={`${path}/code`} method="post" className="grid gap-4">
          <p>
            {isAsked
              ? 'Look into the folder for unwanted mail too. You can ask for another code after half a minute; it replaces the one before.'
              : 'To open it, ask for a code. It goes to the address that this link was sent to.'}
          </p>
          <p>
            <Button type="submit" look={isAsked ? 'plain' : 'primary'}>
              {isAsked ? 'Send another code' : 'Send me a code'}
            </Button>
          </p>
        </form>
      </Card>
    </div>
  )
}
