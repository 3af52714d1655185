import { Icon } from '@/components/ui/icon'
import { OnThisPage } from './on-this-page'

/** For whoever came by an address of an old portal. */
export function MovedNotice() {
  return (
    <OnThisPage label="Old address">
      <Icon name="info" />
      <div>
        <strong className="block">This page has a new address</strong>
        Old addresses still lead to their pages. Please update your bookmark to the address that you see now.
      </div>
    </OnThisPage>
  )
}
