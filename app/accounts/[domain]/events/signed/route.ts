import { notFound } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { z } from 'zod'
import { getViewer } from '@/lib/access/signed-in'
import { exportSigned } from '@/lib/changes/signed-export'

const MOST = Number.MAX_SAFE_INTEGER
const number = (otherwise: number) =>
  z.preprocess((text) => (text === null || text === '' ? otherwise : text), z.coerce.number().int().min(1).max(MOST))
const range = z.object({ from: number(1), to: number(MOST) })

type Context = { params: Promise<{ domain: string }> }

/** The events from one number to another, signed: an attachment that is verified without this installation. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const viewer = await getViewer((await params).domain)
  const { searchParams } = request.nextUrl
  const given = range.safeParse({ from: searchParams.get('from'), to: searchParams.get('to') })
  if (!given.success || given.data.from > given.data.to)
    return new Response('Events are named by two whole numbers, the smaller one first.\n', { status: 400 })
  return (await exportSigned(viewer, given.data)) ?? notFound()
}
