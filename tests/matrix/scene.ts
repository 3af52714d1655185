import postgres, { type Sql } from 'postgres'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { seeded } from '../support/seeded'
import { addFixture } from './fixture'
import { NOW } from './people'

/** The demo's accounts with the fixture, in a database of their own. */
export type Scene = TestDatabase & { owner: Sql }

export async function openScene(devices = 1_500): Promise<Scene> {
  const database = await createTestDatabase(seeded({ devices, now: new Date(NOW) }))
  const owner = connectAs(database.ownerUrl)
  const drop = () => owner.end().then(database.drop)
  try {
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
