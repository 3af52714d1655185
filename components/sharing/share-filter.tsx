import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { SearchField } from '@/components/ui/search-field'

type Choice = { label: string; count: number; href: string; isOn: boolean }
type Props = { q: string; state: string | null; path: string; choices: Choice[] }

/** Search by order, address or note, and the states with how many shares each has. */
export function ShareFilter({ q, state, path, choices }: Props) {
  return (
    <div className="grid gap-3">
      <form action={path} className="flex flex-wrap gap-2">
        <SearchField label="Search shares" hint="Order, address or note" value={q} longest={100} />
        {state ? <input type="hidden" name="state" value={state} /> : null}
        <Button type="submit">Search</Button>
      </form>
      <nav aria-label="By state" className="flex flex-wrap gap-3">
        {choices.map(({ label, count, href, isOn }) => (
          <Link
            key={label}
            href={href}
            className={isOn ? 'link font-semibold' : 'link'}
            {...(isOn && { 'aria-current': 'page' })}
          >
            {label} ({count.toLocaleString('en-US')})
          </Link>
        ))}
      </nav>
    </div>
  )
}
