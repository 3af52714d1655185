'use client'

import { Failure } from '@/components/ui/failure'
import { extended, latin } from './fonts'
import './globals.css'

/** Stands in for the root layout when that fails, so it brings its own document; the theme is the system's. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={`${latin.variable} ${extended.variable}`}>
      <body>
        <title>Something went wrong · License Central</title>
        <Failure {...props} />
      </body>
    </html>
  )
}
