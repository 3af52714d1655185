import { foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, ref, tenant } from './columns'
import { orderShares } from './orders'

/** The code that was sent last for the link of a share, as its hash. Only the functions of migration `recipients` read it. */
export const shareCodes = pgTable(
  'share_codes',
  {
    smartAccountId: tenant(),
    shareId: ref().notNull(),
    codeHash: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    attempts: integer().notNull().default(0),
    usedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.shareId] }),
    foreignKey({
      columns: [t.smartAccountId, t.shareId],
      foreignColumns: [orderShares.smartAccountId, orderShares.id],
    }),
  ],
)

/** A browser that a code let in to one share, and to nothing else. It ends with the share, whatever it says itself. */
export const shareSessions = pgTable(
  'share_sessions',
  {
    smartAccountId: tenant(),
    id: id(),
    shareId: ref().notNull(),
    tokenHash: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.shareId],
      foreignColumns: [orderShares.smartAccountId, orderShares.id],
    }),
    index('share_sessions_token').on(t.tokenHash),
  ],
)
