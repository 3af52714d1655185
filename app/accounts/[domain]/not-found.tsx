import { LinkButton } from '@/components/ui/link-button'
import { ProblemPage } from '@/components/ui/problem-page'
import { access } from '@/lib/paths'

export default function NotFoundInAccount() {
  const actions = (
    <LinkButton href={access()} look="primary">
      See what you have access to
    </LinkButton>
  )
  return (
    <ProblemPage title="There is nothing here for you" kind="no-match" actions={actions}>
      What this address leads to does not exist, or it is in a Virtual Account that you have no role in. Ask an
      administrator of the Smart Account if you expected to see it.
    </ProblemPage>
  )
}
