/**
 * `copy-floor.ts DATABASE_URL PORT STATEMENT`: what an export costs at least. One statement of COPY, sent by node:http as it
 * comes, as the owner of the tables, without rules or words.
 */
import { createServer } from 'node:http'
import { pipeline } from 'node:stream'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'

const [url = '', port = '', statement = ''] = process.argv.slice(2)

createServer(async (request, response) => {
  if (request.url !== '/rows') return response.end('ready')
  const client = new Client({ connectionString: url })
  await client.connect()
  response.writeHead(200, { 'content-type': 'text/csv' })
  pipeline(client.query(copyTo(statement)), response, () => client.end())
}).listen(Number(port), '127.0.0.1')
