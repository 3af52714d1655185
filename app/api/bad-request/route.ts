import type { NextRequest } from 'next/server'
import { badParameters, withoutBadParameters } from '@/lib/resources/all'

/**
 * The answer to an address with parameters that no list has; middleware sends such a request here, because a page cannot
 * answer 400. `at` is the address that was asked for (lib/paths.ts). It names what is wrong and leads back without it.
 */
export function GET(request: NextRequest): Response {
  const at = Buffer.from(request.nextUrl.searchParams.get('at') ?? '', 'base64url').toString()
  const { pathname, searchParams } = URL.parse(at, 'http://here.invalid') ?? new URL('http://here.invalid')
  const problems = badParameters(pathname, searchParams)
  const back = withoutBadParameters(pathname, searchParams)
  const html = pageOf(problems.length > 0 ? problems : ['This request cannot be worked with.'], back)
  return new Response(html, { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

const escaped = (text: string) => text.replace(/[&"'<>]/g, (character) => `&#${character.charCodeAt(0)};`)

// By hand and alone: the product's own styles are bundled for pages, and their file name is not known here.
const style = `
  :root { color-scheme: light dark; --ink: light-dark(#231a29, #f0ebf2); --accent: light-dark(#6b2a70, #dba6df) }
  body { margin: 0; font: 0.9375rem/1.5 system-ui, sans-serif; color: var(--ink); background: light-dark(#f6f4f7, #16121a) }
  header { padding: 1rem 2rem; background: light-dark(#2b1930, #1b1120); color: #f7f1f8; font-weight: 650 }
  main { max-width: 40rem; margin: 10vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 }
  li { margin: 0.25rem 0; overflow-wrap: anywhere }
  a { display: inline-block; margin-top: 0.5rem; color: var(--accent); font-weight: 600 }`

function pageOf(problems: readonly string[], back: string): string {
  const list = problems.map((problem) => `<li>${escaped(problem)}</li>`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/icon.svg"><title>This address does not fit · License Central</title>
<style>${style}</style></head><body><header>License Central</header><main id="main"><h1>This address does not fit the list</h1>
<p>The address asks for something that the list does not have:</p><ul>${list}</ul>
<a href="${escaped(back)}">Open the list without it</a></main></body></html>`
}
