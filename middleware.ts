import type { NextRequest } from 'next/server'
import { enter } from './lib/access/entrance'

/** Every request comes through here, assets and prefetches too: a matcher that leaves some out leaves a way around. */
export function middleware(request: NextRequest): Promise<Response> {
  return enter(request)
}

export const config = { runtime: 'nodejs' }
