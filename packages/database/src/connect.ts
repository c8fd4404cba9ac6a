import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Bulk, runBulk } from './bulk.ts'
import { type Listener, type Listening, listen } from './listen.ts'

/** A connection pool that acts as one service's role in that service's schema. */
export interface Database<Tables> {
  readonly kysely: Kysely<Tables>
  /** For `prepare()`d statements: they are planned once per connection, whatever their values. */
  readonly pool: pg.Pool
  /**
   * Runs work in one transaction without a time limit that can also COPY. What it did stays when its result `isKept`;
   * otherwise, and when it throws, nothing stays.
   */
  tryOut<T extends { readonly isKept: boolean }>(work: (bulk: Bulk<Tables>) => Promise<T>): Promise<T>
  /** Hears the words of a channel (NOTIFY) until it is closed; channels belong to the database, not to a schema. */
  listen(channel: string, listener: Listener): Listening
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

function openPool({ url, schema, poolSize, applicationName }: ConnectOptions, more = ''): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize ?? 8,
    types,
    application_name: applicationName ?? `tiaodu-${schema}`,
    options: `-c role=${roleOf(schema)} -c search_path=${schema} -c timezone=UTC -c statement_timeout=${STATEMENT_TIMEOUT_MS}${more}`,
  })
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return pool
}

/**
 * Opens two pools; nothing connects before the first query. Kysely's statements are planned with their values, prepared
 * ones once for all: planning a statement over the partitions of a table costs more than running it.
 */
export function connect<Tables>(options: ConnectOptions): Database<Tables> {
  const pool = openPool(options, ' -c plan_cache_mode=force_generic_plan')
  const planning = openPool(options)
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: planning }) })
  return {
    kysely,
    pool,
    tryOut: (work) => runBulk(planning, work),
    listen: (channel, listener) => {
      const name = `${options.applicationName ?? `tiaodu-${options.schema}`}-listen`
      return listen({ connectionString: options.url, application_name: name }, channel, listener)
    },
    close: async () => {
      await Promise.all([kysely.destroy(), pool.end()])
    },
  }
}
