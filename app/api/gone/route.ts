import { lonePage } from '@/lib/access/lone-page'

/** The answer to links that open nothing: unknown, taken back and ended ones alike. A page cannot answer 410. */
export function GET(): Response {
  const html = lonePage(
    'Nothing is open here',
    '<p>The link is not complete, was taken back, or has ended. Ask whoever sent it to you for a new one.</p><a href="/sign-in">Sign in</a>',
  )
  return new Response(html, { status: 410, headers: { 'content-type': 'text/html; charset=utf-8' } })
}
