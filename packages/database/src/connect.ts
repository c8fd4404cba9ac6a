import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'

/** A connection pool that acts as one service's role in that service's schema. */
export interface Database<Tables> {
  readonly kysely: Kysely<Tables>
  readonly pool: pg.Pool
  close(): Promise<void>
}

export interface ConnectOptions {
  /** Where the cluster and database are; the login must be a member of the service's role. */
  readonly url: string
  /** Schema of the service; its role is `tiaodu_<schema>`. */
  readonly schema: string
  /** Most connections at once; 8 was best on 2 cores. */
  readonly poolSize?: number
  readonly applicationName?: string
}

const STATEMENT_TIMEOUT_MS = 5_000

/** The role that a service acts as: it reads and writes its schema and owns nothing. */
export const roleOf = (schema: string): string => `tiaodu_${schema}`

// bigint columns are yuan and counters below 2^53; dates stay text so that no time zone can move them.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, (text: string) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JSON integer`)
  return value
})
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text)

/** Opens a pool; nothing connects before the first query. */
export function connect<Tables>(options: ConnectOptions): Database<Tables> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 8,
    types,
    application_name: options.applicationName ?? `tiaodu-${options.schema}`,
    options: `-c role=${roleOf(options.schema)} -c search_path=${options.schema} -c timezone=UTC -c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
  })
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { kysely, pool, close: () => kysely.destroy() }
}
