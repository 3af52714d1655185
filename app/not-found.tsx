import type { Metadata } from 'next'
import { LinkButton } from '@/components/ui/link-button'
import { ProblemPage } from '@/components/ui/problem-page'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <ProblemPage
      title="This page is not here"
      kind="no-match"
      actions={
        <LinkButton href="/" look="primary">
          Go to the start page
        </LinkButton>
      }
    >
      The address may be mistyped, or it leads to something that you have no access to. Ask an administrator of the
      Smart Account if you expected to see it.
    </ProblemPage>
  )
}
