import type { NextRequest } from 'next/server'
import { escapedText, lonePage } from '@/lib/access/lone-page'
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

function pageOf(problems: readonly string[], back: string): string {
  const list = problems.map((problem) => `<li>${escapedText(problem)}</li>`).join('')
  return lonePage(
    'This address does not fit the list',
    `<p>The address asks for something that the list does not have:</p><ul>${list}</ul>
<a href="${escapedText(back)}">Open the list without it</a>`,
  )
}
