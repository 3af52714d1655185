import Link from 'next/link'
import { Icon } from './icon'

/** A filter that holds, as a link to the same page without it. Put chips into `<ul className="chips">`. */
export function Chip({ label, value, href }: { label: string; value: string; href: string }) {
  return (
    <li>
      <Link href={href} className="chip" scroll={false} prefetch={false}>
        <span>{label}:</span>
        <b>{value}</b>
        <Icon name="close" />
        <span className="sr-only">Remove this filter</span>
      </Link>
    </li>
  )
}
