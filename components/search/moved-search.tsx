import { Button } from '@/components/ui/button'
import { type Option, Select } from '@/components/ui/field'
import { SearchField } from '@/components/ui/search-field'
import { Card } from '@/components/ui/surface'

/** Search from outside of an account: in which one is part of the question. Works without JavaScript. */
export function MovedSearch({ action, accounts }: { action: string; accounts: Option[] }) {
  const [only, ...others] = accounts
  return (
    <Card id="search" title="Search for it">
      <p className="mb-3 text-ink-muted">
        By order, serial number, contract, subscription, license, PAK or product ID.
      </p>
      <search>
        <form action={action} className="search-form">
          {only && others.length === 0 ? (
            <input type="hidden" name="account" value={only.value} />
          ) : (
            <Select name="account" aria-label="Smart Account" options={accounts} />
          )}
          <SearchField label="Search for" hint="Serial, order, contract, license…" value="" longest={200} />
          <Button type="submit" look="primary">
            Search
          </Button>
        </form>
      </search>
    </Card>
  )
}
