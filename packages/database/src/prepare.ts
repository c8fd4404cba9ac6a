import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely'
import type pg from 'pg'

/** Stands for a parameter while a query is compiled once. */
export type Param<Params> = <K extends keyof Params & string>(name: K) => RawBuilder<Params[K]>

/** A statement compiled once; running it sends only its name and the values. */
export type Prepared<Params, Row> = (pool: Pick<pg.Pool, 'query'>, params: Params) => Promise<Row[]>

class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

// Compiles and never connects.
const compiler = new Kysely<never>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/**
 * Compiles a Kysely query at the first call and runs it as a named statement from then on, which PostgreSQL plans once
 * per connection. `name` is unique in the process and at most 63 bytes. Write literal limits with `sql.lit`, or
 * PostgreSQL never adopts a generic plan. A single statement is atomic by itself; it needs no transaction around it.
 */
export function prepare<Params extends object, Row>(
  name: string,
  build: (param: Param<Params>) => RawBuilder<unknown> | CompiledQuery<unknown>,
): Prepared<Params, Row> {
  let compiled: { text: string; parameters: readonly unknown[] } | undefined
  return async (pool, params) => {
    if (compiled === undefined) {
      const built = build((key) => sql`${new Placeholder(key)}`)
      const query = 'compile' in built ? built.compile(compiler) : built
      compiled = { text: query.sql, parameters: query.parameters }
    }
    const values = compiled.parameters.map((value) =>
      value instanceof Placeholder ? (params as Record<string, unknown>)[value.name] : value,
    )
    const { rows } = await pool.query({ name, text: compiled.text, values })
    return rows as Row[]
  }
}
