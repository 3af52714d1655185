import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import type { ExportView } from '@/lib/exporting/job-view'

type Props = { exports: readonly ExportView[]; cancel: (id: string) => () => Promise<void> }

/** A person's exports, the newest first: how far each is, and its file. */
export function ExportTable({ exports, cancel }: Props) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table num-4 num-5">
        <caption className="sr-only">List of my exports</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Filters</th>
            <th scope="col">State</th>
            <th scope="col">Rows</th>
            <th scope="col">Size</th>
            <th scope="col">Kept until</th>
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {exports.map((one) => (
            <Row key={one.id} {...one} cancel={cancel(one.id)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type RowProps = ExportView & { cancel: () => Promise<void> }

function Row({ fileName, href, filters, state, rows, percent, size, until, isOpen, cancel }: RowProps): ReactNode {
  return (
    <tr>
      <th scope="row">
        {href ? (
          <a className="link" href={href} download>
            {fileName}
          </a>
        ) : (
          fileName
        )}
      </th>
      <td>{filters}</td>
      <td>
        <span className={`state tone-${state.tone}`}>{state.label}</span>
        {percent === null ? null : (
          <>
            {' '}
            <progress max={100} value={percent} aria-label={`${fileName}, done`} /> {percent} %
          </>
        )}
      </td>
      <td>{rows}</td>
      <td>{size}</td>
      <td>{until}</td>
      <td>
        {isOpen || href ? (
          <form action={cancel}>
            <Button type="submit" size="small">
              <Icon name="close" />
              {isOpen ? 'Cancel' : 'Delete'}
              <span className="sr-only"> {fileName}</span>
            </Button>
          </form>
        ) : null}
      </td>
    </tr>
  )
}
