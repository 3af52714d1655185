import type { Client } from 'pg'

/** Rules of the demo's main account: where devices of a country belong, by the name of their Virtual Account. */
const RULES = { CA: 'Canada', DE: 'Germany', FR: 'France' } as const

export async function addAssignmentRules(client: Client, now: Date): Promise<void> {
  for (const [country, place] of Object.entries(RULES)) {
    await client.query(
      `INSERT INTO assignment_rules (smart_account_id, field, value, virtual_account_id, created_at)
        SELECT v.smart_account_id, 'country', $1, v.id, $3 FROM virtual_accounts v
        JOIN smart_accounts a ON a.id = v.smart_account_id WHERE a.domain = 'aurora.example' AND v.name = $2`,
      [country, place, now],
    )
  }
}
