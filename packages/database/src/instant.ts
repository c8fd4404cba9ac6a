import { type RawBuilder, sql } from 'kysely'

/** A timestamp column in JSON made by PostgreSQL: RFC 3339 in UTC with milliseconds, as every instant of the API. */
export const instantJson = (column: string): RawBuilder<string> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
