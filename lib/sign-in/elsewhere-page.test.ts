import { elsewherePage } from './elsewhere-page'

const redirect = (location: string) =>
  new Response(null, { status: 302, headers: { location, 'set-cookie': 'state=1' } })

test('a redirect within the site stays one', () => {
  for (const location of ['/sign-in', 'http://here.test/sign-in']) {
    const answer = redirect(location)
    expect(elsewherePage(answer, 'http://here.test')).toBe(answer)
  }
})

test('a redirect to the provider becomes a page that goes there, with its cookies', async () => {
  const answer = elsewherePage(redirect('https://provider.test/auth?a=1&b="><script>'), 'http://here.test')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('location')).toBeNull()
  expect(answer.headers.get('refresh')).toContain('https://provider.test/auth?a=1')
  expect(answer.headers.get('set-cookie')).toBe('state=1')
  expect(await answer.text()).not.toContain('<script>')
})
