'use client'

import { Button } from './button'
import { ProblemPage } from './problem-page'

const UNAVAILABLE = 'unavailable:'
/** How the answer to a form begins while the data is away (lib/errors.ts). */
const REFUSED = 'The data could not be reached.'

type FailureProps = { error: unknown; retry: () => void }

/** The digest is all that the browser is told; the server's log has the rest under it. */
function digestOf(error: unknown) {
  return error instanceof Error && 'digest' in error ? String(error.digest) : undefined
}

/**
 * For every `error.tsx`. A digest that begins with "unavailable:" says that the data could not be reached, which is
 * another message than a fault of ours; what follows the colon is the reference.
 */
export function Failure({ error, retry }: FailureProps) {
  const digest = digestOf(error)
  const away = digest?.startsWith(UNAVAILABLE) || (error instanceof Error && error.message.startsWith(REFUSED))
  const reference = away ? digest?.slice(UNAVAILABLE.length) : digest
  const actions = (
    <>
      <Button look="primary" icon="refresh" onClick={retry}>
        Try again
      </Button>
      {/* A full load on purpose: what failed may be in the page's own script. */}
      <a className="button" href="/">
        Go to the start page
      </a>
    </>
  )
  if (away) {
    return (
      <ProblemPage
        title="The data could not be loaded"
        kind="degraded"
        icon="cloud"
        reference={reference}
        actions={actions}
      >
        The database did not answer in time. Nothing is lost and nothing was changed. Try again in a moment.
      </ProblemPage>
    )
  }
  return (
    <ProblemPage title="Something went wrong on our side" reference={reference} actions={actions}>
      This page could not be shown. Your data is not affected. If it happens again, give support the reference below.
    </ProblemPage>
  )
}
