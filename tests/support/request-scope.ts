import { AsyncLocalStorage } from 'node:async_hooks'
import type { NextRequest } from 'next/server'

// What stands for `next/headers` in a test: jest.mock('next/headers', () => jest.requireActual('<this file>')).

const scope = new AsyncLocalStorage<NextRequest>()

/** Runs `work` as Next would run it for this request. */
export function inRequest<T>(request: NextRequest, work: () => T): T {
  return scope.run(request, work)
}

export const headers = async () => current().headers
export const cookies = async () => current().cookies

function current(): NextRequest {
  const request = scope.getStore()
  if (!request) throw new Error('There is no request here.')
  return request
}
