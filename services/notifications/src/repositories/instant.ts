import { sql } from 'kysely'

/** A timestamp column as RFC 3339 in UTC, as every instant of the API. */
export const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
