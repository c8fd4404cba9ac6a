import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { roleOf } from './connect.ts'

/** Any service's handle, in or outside a transaction. */
// biome-ignore lint/suspicious/noExplicitAny: Kysely is invariant in its tables, no narrower type takes every service's handle
export type AnyKysely = Kysely<any>

/** Migrations by name; names sort by time (`20261123T0900_create_projects`). */
export type Migrations = Record<string, Migration>

const migratorOf = (kysely: Kysely<unknown>, schema: string, migrations: Migrations) =>
  new Migrator({
    db: kysely,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: schema,
    migrationTableName: 'schema_migrations',
    migrationLockTableName: 'schema_migrations_lock',
    // Two branches that each bring one land in the order in which they are ready, not in that of their hours.
    allowUnorderedMigrations: true,
  })

// Roles belong to the whole cluster: another database may be set up at the same moment.
const ROLE_RACES = ['42710', '23505', 'XX000']
const ROLE_ATTEMPTS = 5

async function createRole(kysely: Kysely<unknown>, role: string, attempt = 1): Promise<void> {
  const name = sql.id(role)
  try {
    const { rows } = await sql`select 1 from pg_roles where rolname = ${role}`.execute(kysely)
    if (rows.length === 0) await sql`create role ${name} nologin`.execute(kysely)
    const { rows: member } = await sql`select 1 where pg_has_role(current_user, ${role}, 'set')`.execute(kysely)
    if (member.length === 0) await sql`grant ${name} to current_user`.execute(kysely)
  } catch (error) {
    const isRace = ROLE_RACES.includes((error as { code?: string }).code ?? '')
    if (!isRace || attempt === ROLE_ATTEMPTS) throw error
    await createRole(kysely, role, attempt + 1)
  }
}

/**
 * Brings one service's schema up to date: creates its role and schema, applies what is missing, grants.
 * The login of `url` becomes the owner of the tables; the service's role only reads and writes them.
 * @throws the first migration error; migrations before it stay applied
 */
export async function migrate(options: { url: string; schema: string; migrations: Migrations }): Promise<string[]> {
  const { url, schema, migrations } = options
  const pool = new pg.Pool({ connectionString: url, max: 2, options: `-c search_path=${schema}` })
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const role = roleOf(schema)
    await createRole(kysely, role)
    await sql`create schema if not exists ${sql.id(schema)}`.execute(kysely)
    const { error, results = [] } = await migratorOf(kysely, schema, migrations).migrateToLatest()
    if (error !== undefined) throw error
    await sql`grant usage on schema ${sql.id(schema)} to ${sql.id(role)}`.execute(kysely)
    await sql`grant select, insert, update, delete on all tables in schema ${sql.id(schema)} to ${sql.id(role)}`.execute(
      kysely,
    )
    await sql`grant usage on all sequences in schema ${sql.id(schema)} to ${sql.id(role)}`.execute(kysely)
    return results.map((result) => result.migrationName)
  } finally {
    await kysely.destroy()
  }
}

/** @throws an error that names the migrations which are not applied. */
export async function assertMigrated(kysely: AnyKysely, schema: string, migrations: Migrations): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.id(schema, 'schema_migrations')}`
    .execute(kysely)
    .catch(() => ({ rows: [] as { name: string }[] }))
  const applied = new Set(rows.map((row) => row.name))
  const missing = Object.keys(migrations).filter((name) => !applied.has(name))
  if (missing.length > 0) throw new Error(`Schema ${schema} lacks migrations: ${missing.join(', ')}`)
}
