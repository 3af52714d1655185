import { ConfirmForm } from '@/components/administration/confirm-form'
import { Link } from '@/components/ui/link'
import { roleLabels } from '@/lib/access/roles'
import type { Asked, OwnAccount } from '@/lib/administration/ask-access'
import { requestStateLabels } from '@/lib/administration/request-schema'

type Done = { problems: string[] }
const TONES = { pending: 'info', approved: 'good', declined: 'bad', withdrawn: 'neutral' } as const

type AskedListProps = {
  asked: readonly Asked[]
  withdraw: (id: number) => (state: Done, form: FormData) => Promise<Done>
  readInstant: (at: Date) => string
}

/** What a person has asked for, and what became of it. */
export function AskedList({ asked, withdraw, readInstant }: AskedListProps) {
  return (
    <ul className="grid gap-4">
      {asked.map(({ id, domain, role, places, state, requestedAt, decidedAt, answer }) => (
        <li key={id} className="grid gap-2">
          <p>
            <strong>{domain}</strong> <span className={`state tone-${TONES[state]}`}>{requestStateLabels[state]}</span>
            <span className="block text-sm text-ink-muted">
              {roleLabels[role]}: {places || 'Whole Smart Account'}, asked on {readInstant(requestedAt)}
              {decidedAt ? `, answered on ${readInstant(decidedAt)}` : ''}
            </span>
            {answer ? <span className="block">Reason: {answer}</span> : null}
          </p>
          {state === 'pending' ? (
            <ConfirmForm
              action={withdraw(id)}
              formKey={crypto.randomUUID()}
              label={`Withdraw the request for ${domain}`}
              pendingLabel="Withdrawing …"
            />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

type OwnAccountsProps = { accounts: readonly OwnAccount[]; askHref: (domain: string) => string }

/** Accounts of the person's organization without access, with whom to ask. */
export function OwnAccounts({ accounts, askHref }: OwnAccountsProps) {
  return (
    <ul className="grid gap-4">
      {accounts.map(({ domain, name, administrators }) => (
        <li key={domain} className="grid gap-1">
          <p>
            <strong>{name}</strong> ({domain})
          </p>
          {administrators.length > 0 ? (
            <p className="text-sm text-ink-muted">
              Administrators: {administrators.map((one) => `${one.name} (${one.email})`).join(', ')}
            </p>
          ) : null}
          <p>
            <Link href={askHref(domain)} className="link">
              Ask for access to {name}
            </Link>
          </p>
        </li>
      ))}
    </ul>
  )
}
