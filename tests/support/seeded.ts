import { type SeedOptions, seed } from '@/db/seed/seed'
import type { Filling } from './database'

/** Demo data for tests of what is made of it; tests/integration/seed.test.ts tests how it comes to be. */
export function seeded(options: Omit<SeedOptions, 'ownerUrl' | 'log'>): Filling {
  const { pakKeys, ...rest } = options
  const keys = pakKeys && [pakKeys.ring.activeId, ...pakKeys.ring.keys, pakKeys.indexKey]
  return { name: JSON.stringify({ ...rest, keys }), fill: (ownerUrl) => seed({ ...options, ownerUrl }) }
}
