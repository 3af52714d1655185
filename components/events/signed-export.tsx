import { Button } from '@/components/ui/button'

type Props = { action: string; last: number; exportKey: { pem: string; fingerprint: string } }

/** Events of the account as a signed file, and the key that shows it is from here. A plain form: the answer is a file. */
export function SignedExport({ action, last, exportKey }: Props) {
  return (
    <details className="signed-export">
      <summary>Signed export</summary>
      <form method="get" action={action} className="signed-export-form" data-hard="">
        <label>
          From event
          <input className="input" type="number" name="from" min={1} max={last} defaultValue={1} required />
        </label>
        <label>
          to event
          <input className="input" type="number" name="to" min={1} max={last} defaultValue={last} required />
        </label>
        <Button type="submit" size="small" icon="download">
          Download
        </Button>
      </form>
      <p className="facts-source">
        JSON lines with a signature that holds without this installation:{' '}
        <code>npm run events:verify-export FILE FINGERPRINT</code>
      </p>
      <p className="facts-source">
        Public key (Ed25519) <span className="identifier">{exportKey.fingerprint}</span>
      </p>
      <pre className="facts-source">{exportKey.pem}</pre>
    </details>
  )
}
