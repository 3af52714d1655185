/**
 * A form may lead to this site only (Content-Security-Policy, form-action), and browsers hold redirects after it to
 * the same rule. So a redirect to the provider becomes a page that moves on by itself. Other answers stay as they are.
 */
export function elsewherePage(answer: Response, origin: string): Response {
  const location = answer.headers.get('location')
  if (!location || URL.parse(location, origin)?.origin === origin) return answer
  const headers = new Headers(answer.headers)
  headers.delete('location')
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('refresh', `0; url=${location}`)
  const address = location.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`)
  const html = `<!doctype html><html lang="en"><title>Single sign-on</title><a href="${address}">Continue to single sign-on</a></html>`
  return new Response(html, { status: 200, headers })
}
