import { Button } from '@/components/ui/button'
import { SearchField } from '@/components/ui/search-field'

type Props = { action: string; q: string; label: string; hint: string; submit: string; type?: string | undefined }

/** One field and one button; works without JavaScript. */
export function SearchForm({ action, q, label, hint, submit, type }: Props) {
  return (
    <search>
      <form action={action} className="search-form">
        {type ? <input type="hidden" name="type" value={type} /> : null}
        <SearchField label={label} hint={hint} value={q} longest={200} />
        <Button type="submit" look="primary">
          {submit}
        </Button>
      </form>
    </search>
  )
}
