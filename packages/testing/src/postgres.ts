import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@tiaodu/embedded'
import pg from 'pg'
import type { TestScope } from './scope.ts'

let own: Promise<{ url: string; users: number; stop(): Promise<void> }> | undefined

async function startOwn() {
  const directory = await mkdtemp(join(tmpdir(), 'tiaodu-test-'))
  const server = await startPostgres({ directory, durable: false })
  return {
    url: server.url,
    users: 0,
    async stop() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The cluster of `npm test` (TEST_DATABASE_URL), or one of this process that is stopped with its last user. */
async function borrowCluster(t: TestScope): Promise<string> {
  const shared = process.env.TEST_DATABASE_URL
  if (shared !== undefined) return shared
  own ??= startOwn()
  const cluster = await own
  cluster.users++
  t.teardown(async () => {
    cluster.users--
    if (cluster.users > 0) return
    own = undefined
    await cluster.stop()
  })
  return cluster.url
}

const withDatabase = (url: string, database: string): string => {
  const copy = new URL(url)
  copy.pathname = `/${database}`
  return copy.href
}

async function administer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * A real database of the suite's own. `prepare` fills a template once per `templateName` and cluster; every suite gets
 * a copy of it, dropped when the suite ends.
 */
export async function createDatabase(
  t: TestScope,
  templateName: string,
  prepare: (url: string) => Promise<void>,
): Promise<string> {
  const admin = await borrowCluster(t)
  const template = `template_${templateName}`
  const database = `test_${randomBytes(8).toString('hex')}`
  await administer(admin, async (client) => {
    // One suite at a time makes and copies templates: PostgreSQL refuses to copy one that is in use.
    await client.query(`select pg_advisory_lock(hashtext('tiaodu-test-template'))`)
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount === 0) {
      await client.query(`create database ${template}_new`)
      await prepare(withDatabase(admin, `${template}_new`))
      await client.query(`alter database ${template}_new rename to ${template}`)
    }
    await client.query(`create database ${database} template ${template}`)
  })
  t.teardown(() => administer(admin, (client) => client.query(`drop database if exists ${database} with (force)`)))
  return withDatabase(admin, database)
}
