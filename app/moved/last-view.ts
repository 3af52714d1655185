import { cookies } from 'next/headers'
import { readView, VIEW_COOKIE, type View } from '@/lib/access/last-view'

/** The view that the person of this request used last. */
export async function lastView(): Promise<View | null> {
  return readView((await cookies()).get(VIEW_COOKIE)?.value)
}
