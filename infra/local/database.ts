import { migrate } from '@tiaodu/database'
import { startPostgres, stopPostgres } from '@tiaodu/embedded'
import { migrations as investment } from '@tiaodu/investment/migrations'
import { migrations as notifications } from '@tiaodu/notifications/migrations'
import { migrations as portal } from '@tiaodu/portal/migrations'
import { migrations as projects } from '@tiaodu/projects/migrations'
import pg from 'pg'

/** The database of a system and how to let go of it. */
export interface SystemDatabase {
  readonly url: string
  readonly description: string
  release(): Promise<void>
}

export const SCHEMAS = { projects, investment, notifications, portal }

async function createMissing(url: string, database: string): Promise<string> {
  const target = new URL(url)
  target.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
  if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`)
  await client.end()
  return target.href
}

/**
 * DATABASE_URL when it is set, else the embedded PostgreSQL of `directory`. `database` names another one beside it.
 * Its owner stops a server on release even when that was left over from a killed process; a guest leaves it running.
 */
export async function openDatabase(
  directory: string,
  { database, isOwner = false }: { database?: string; isOwner?: boolean } = {},
): Promise<SystemDatabase> {
  const given = process.env.DATABASE_URL
  if (given !== undefined) {
    const url = database === undefined ? given : await createMissing(given, database)
    return { url, description: `${new URL(url).host}${new URL(url).pathname}`, release: async () => {} }
  }
  const server = await startPostgres({ directory, database: database ?? 'tiaodu' })
  return {
    url: server.url,
    description: `embedded PostgreSQL on 127.0.0.1:${server.port}, data in ${directory}`,
    release: async () => {
      if (isOwner) await stopPostgres(directory)
      else await server.stop()
    },
  }
}

/** Brings the schema of every service up to date. @returns the migrations that were applied */
export async function migrateAll(url: string): Promise<string[]> {
  const applied: string[] = []
  for (const [schema, migrations] of Object.entries(SCHEMAS)) {
    const names = await migrate({ url, schema, migrations })
    applied.push(...names.map((name) => `${schema}/${name}`))
  }
  return applied
}
