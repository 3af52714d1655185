import { LinkButton } from '@/components/ui/link-button'
import { ProblemPage } from '@/components/ui/problem-page'
import { userView } from '@/lib/paths'

export default function NotFoundInUserView() {
  const actions = (
    <LinkButton href={userView()} look="primary">
      See what is shared with you
    </LinkButton>
  )
  return (
    <ProblemPage title="Nothing of this is shared with you" kind="no-match" actions={actions}>
      The order does not exist, nobody shared it with you, or the access has ended or was taken back. Ask whoever sent
      it to you if you expected to see it.
    </ProblemPage>
  )
}
