'use client'

import { extended, latin } from './fonts'
import './globals.css'

/**
 * Stands in for the root layout when that fails, so it brings its own document; the theme is the system's. It comes along
 * with every page, and uses nothing that may be what failed.
 */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" className={`${latin.variable} ${extended.variable}`}>
      <body>
        <title>Something went wrong · License Central</title>
        <main className="page place-items-center content-center">
          <div className="empty tone-bad" role="alert">
            <h1>Something went wrong on our side</h1>
            <p>This page could not be shown. Your data is not affected.</p>
            {error.digest ? <p>Reference {error.digest}</p> : null}
            <a className="button button-primary" href="/">
              Go to the start page
            </a>
          </div>
        </main>
      </body>
    </html>
  )
}
