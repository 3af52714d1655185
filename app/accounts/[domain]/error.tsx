'use client'

import { Failure } from '@/components/ui/failure'

export default function AccountError(props: { error: unknown; retry: () => void }) {
  return <Failure {...props} />
}
