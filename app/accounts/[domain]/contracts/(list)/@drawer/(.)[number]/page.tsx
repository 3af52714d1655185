import { ContractView } from '@/components/contracts/contract-view'
import { RecordDrawer } from '@/components/ui/record-page'
import { type ContractProps, openContract } from '../../../open-contract'

/** A contract over the list that it was opened from. */
export default async function ContractDrawer(props: ContractProps) {
  const { detail, linesHref, deviceHref, placeName, ...drawer } = await openContract(props)
  return (
    <RecordDrawer key={drawer.rowId} {...drawer} summary={detail.label}>
      <ContractView detail={detail} linesHref={linesHref} deviceHref={deviceHref} place={placeName} />
    </RecordDrawer>
  )
}
