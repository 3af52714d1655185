import { OnThisPage } from '@/components/shell/on-this-page'
import { Icon } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import { LiveRefresh } from './live-refresh'

type Props = { finished: readonly string[]; isOpen: boolean; href: string }

/** What became of exports, on whatever page their person is. */
export function ExportNews({ finished, isOpen, href }: Props) {
  return (
    <>
      {isOpen ? <LiveRefresh seconds={5} /> : null}
      {finished.length > 0 ? (
        <OnThisPage label="Finished exports" key={finished.length}>
          <Icon name="check" />
          <div role="status">
            <strong className="block">
              {finished.length === 1 ? 'An export is ready' : `${finished.length} exports are ready`}
            </strong>
            <Link href={href} className="link">
              {finished[0]}
            </Link>
          </div>
        </OnThisPage>
      ) : null}
    </>
  )
}
