'use client'

import { extended, latin } from './fonts'
import './globals.css'

type Props = { error: Error & { digest?: string }; retry: () => void }

/**
 * Stands in for the root layout when that fails, so it brings its own document; the theme is the system's. It comes along
 * with every page, and uses nothing that may be what failed.
 */
export default function GlobalError({ error, retry }: Props) {
  return (
    <html lang="en" className={`${latin.variable} ${extended.variable}`}>
      <body>
        <title>Something went wrong · License Central</title>
        <main className="page place-items-center content-center">
          <div className="empty tone-bad" role="alert">
            <h1>Something went wrong on our side</h1>
            <p>This page could not be shown. Your data is not affected.</p>
            {error.digest ? <p>Reference {error.digest}</p> : null}
            <div className="empty-actions">
              <button type="button" className="button button-primary" onClick={retry}>
                Try again
              </button>
              <a className="button" href="/">
                Go to the start page
              </a>
            </div>
          </div>
        </main>
      </body>
    </html>
  )
}
