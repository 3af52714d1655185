import 'server-only'
import { Readable } from 'node:stream'
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { isKey, type ObjectStore } from './objects'

export type BucketSettings = {
  S3_ENDPOINT?: string | undefined
  S3_REGION: string
  S3_ACCESS_KEY_ID?: string | undefined
  S3_SECRET_ACCESS_KEY?: string | undefined
}

const statusOf = (error: unknown) => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined)

/** Objects in a bucket of anything that speaks S3. Without a key of its own the machine's credentials are used. */
export function bucketStore(bucket: string, settings: BucketSettings): ObjectStore {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings
  const client = new S3Client({
    region: settings.S3_REGION,
    // Not every server takes the checksums that newer clients add by themselves; each row has its own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  })
  const at = (key: string) => {
    if (!isKey(key)) throw new Error(`No object can have the key ${JSON.stringify(key)}.`)
    return { Bucket: bucket, Key: key }
  }
  const isThere = async (key: string) => {
    try {
      await client.send(new HeadObjectCommand(at(key)))
      return true
    } catch (error) {
      if (statusOf(error) === 404) return false
      throw error
    }
  }
  return {
    async open(key, piece) {
      try {
        const range = piece ? { Range: `bytes=${piece.start}-${piece.end}` } : {}
        const {
          Body,
          ContentLength = 0,
          ContentRange,
        } = await client.send(new GetObjectCommand({ ...at(key), ...range }))
        const whole = ContentRange?.split('/')[1]
        if (!(Body instanceof Readable)) throw new Error(`The bucket gave no bytes for ${key}.`)
        return { size: whole === undefined ? ContentLength : Number(whole), body: Body }
      } catch (error) {
        if (statusOf(error) === 404) return null
        throw error
      }
    },
    async add(key, bytes) {
      if (await isThere(key)) return false
      try {
        await client.send(new PutObjectCommand({ ...at(key), Body: bytes, IfNoneMatch: '*' }))
        return true
      } catch (error) {
        if (statusOf(error) === 412) return false
        throw error
      }
    },
    async list(prefix) {
      const keys: string[] = []
      let token: string | undefined
      do {
        const found = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token && { ContinuationToken: token }) }),
        )
        keys.push(...(found.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])))
        token = found.NextContinuationToken
      } while (token !== undefined)
      return keys.sort()
    },
  }
}
