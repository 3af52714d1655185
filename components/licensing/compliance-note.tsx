import { Notice } from '@/components/ui/feedback'
import type { Compliance } from '@/lib/compliance/compliance'

/** Why a license is insufficient, and what would help; nothing where there is enough. */
export function ComplianceNote({ state, reasons, waysOut }: Compliance) {
  if (state === 'in_compliance') return null
  return (
    <Notice tone="bad" title="There is not enough of this license in its Virtual Account">
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p className="device-note">
        <b>What would help</b>
      </p>
      <ul className="list-disc ps-5">
        {waysOut.map((way) => (
          <li key={way}>{way}</li>
        ))}
      </ul>
    </Notice>
  )
}
