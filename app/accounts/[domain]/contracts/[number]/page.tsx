import type { Metadata } from 'next'
import { ContractView } from '@/components/contracts/contract-view'
import { RecordPage } from '@/components/ui/record-page'
import { type ContractProps, openContract } from '../open-contract'

export const metadata: Metadata = { title: 'Contract' }

/** A contract on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function ContractPage(props: ContractProps) {
  const { detail, linesHref, deviceHref, placeName, ...page } = await openContract(props)
  return (
    <RecordPage {...page} summary={detail.label}>
      <ContractView detail={detail} linesHref={linesHref} deviceHref={deviceHref} place={placeName} />
    </RecordPage>
  )
}
