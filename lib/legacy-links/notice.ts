/** Whether somebody came by an old link (`followed`), and was asked to update the bookmark (`told`): once a browser. */
export const OLD_LINK_COOKIE = 'old-link'

/** Whether the page that is asked for is the one that asks: a page that a browser opens, not data for one that is open. */
export function tellsNow(
  cookie: string | undefined,
  request: { method: string; url: string; headers: Headers },
): boolean {
  const isOpened = ['document', null].includes(request.headers.get('sec-fetch-dest'))
  const isPage = /^\/(accounts|my)\//.test(new URL(request.url).pathname)
  return cookie === 'followed' && request.method === 'GET' && isOpened && isPage
}
