import postgres, { type Sql } from 'postgres'
import { seed } from '@/db/seed/seed'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { addFixture } from './fixture'
import { NOW } from './people'

/** The demo's accounts with the fixture, in a database of their own. */
export type Scene = TestDatabase & { owner: Sql }

export async function openScene(devices = 1_500): Promise<Scene> {
  const database = await createTestDatabase()
  const owner = connectAs(database.ownerUrl)
  const drop = () => owner.end().then(database.drop)
  try {
    await seed({ ownerUrl: database.ownerUrl, devices, now: new Date(NOW) })
    await addFixture(owner)
    await owner`analyze`
  } catch (error) {
    await drop()
    throw error
  }
  return { ...database, owner, drop }
}

/** A connection whose ids are numbers, as the product's are. */
export const connectAs = (url: string) =>
  postgres(url, {
    max: 1,
    onnotice: () => undefined,
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  })
