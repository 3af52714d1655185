import { Empty } from '@/components/ui/feedback'

/** An account, or a part of one, that holds nothing. */
export function NothingYet({ scope, isWhole }: { scope: string; isWhole: boolean }) {
  return (
    <div className="card">
      <Empty kind="nothing" title="Nothing here yet" icon="overview">
        {isWhole
          ? 'This Smart Account holds no devices, licenses, contracts or subscriptions. They appear as soon as an order is assigned to it or data is imported.'
          : `${scope}: no devices, licenses, contracts or subscriptions. They appear as soon as they are assigned to a Virtual Account that you can see.`}
      </Empty>
    </div>
  )
}
