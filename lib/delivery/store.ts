import 'server-only'
import { env } from '@/lib/env'
import { demoStore } from './demo-store'
import { folderStore } from './folder-store'
import type { ObjectStore } from './objects'
import { bucketStore } from './s3-store'

const kept = globalThis as typeof globalThis & { licenseCentralStore?: ObjectStore }

/** The store of the settings: a bucket where one is named, else a folder; in demo mode the files of the demo besides. */
export function store(): ObjectStore {
  kept.licenseCentralStore ??= made()
  return kept.licenseCentralStore
}

function made(): ObjectStore {
  const { S3_BUCKET, STORE_FOLDER, DEMO } = env()
  const own = S3_BUCKET === undefined ? folderStore(STORE_FOLDER) : bucketStore(S3_BUCKET, env())
  return DEMO ? demoStore(own) : own
}
