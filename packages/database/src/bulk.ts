import { once } from 'node:events'
import { Kysely, PostgresDialect, type PostgresPoolClient, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

/** What COPY takes as one cell; JSON and arrays as their text. */
export type Cell = string | number | boolean | null

/** One transaction over one connection, for many rows at a time. */
export interface Bulk<Tables> {
  readonly trx: Transaction<Tables>
  /** Several statements may be asked at once: each has its turn. Adds rows to a table, several times as fast as inserting them; a row that the table has already is an error. */
  copy(table: string, columns: readonly string[], rows: Iterable<readonly Cell[]>): Promise<void>
}

const SPECIAL = /[\\\n\r\t]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const toText = (cell: Cell): string => {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return String(cell)
  return SPECIAL.test(cell) ? cell.replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] ?? found) : cell
}

/** A text[] as PostgreSQL writes it. */
export const toTextArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

function toCopyText(rows: Iterable<readonly Cell[]>): string {
  let text = ''
  for (const row of rows) text += `${row.map(toText).join('\t')}\n`
  return text
}

async function copyInto(client: pg.PoolClient, table: string, columns: readonly string[], text: string): Promise<void> {
  const names = columns.map((name) => client.escapeIdentifier(name)).join(', ')
  const stream = client.query(from(`copy ${client.escapeIdentifier(table)} (${names}) from stdin`))
  stream.end(text)
  await once(stream, 'finish')
}

/** Lets one statement after the other onto a connection, in the order in which they are asked. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = last.then(ask, ask)
    last = answer.catch(() => {})
    return answer
  }
}

/**
 * Runs work on a connection of its own, in one transaction without a time limit. What it did stays when its result
 * `isKept`; otherwise, and when it throws, nothing stays.
 */
export async function runBulk<Tables, T extends { readonly isKept: boolean }>(
  pool: pg.Pool,
  work: (bulk: Bulk<Tables>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  // Told by the statement that was under way; without a listener it would end the process.
  let broken: Error | undefined
  const breaks = (error: Error) => {
    broken = error
  }
  client.on('error', breaks)
  const inTurn = createQueue()
  const query = ((text: string, values: unknown[]) => inTurn(() => client.query(text, values))) as never
  const lent: PostgresPoolClient = { query, release: () => {} }
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { connect: async () => lent, end: async () => {} } }),
  })
  try {
    const trx = await kysely.startTransaction().execute()
    try {
      await sql`set local statement_timeout = 0`.execute(trx)
      const copy: Bulk<Tables>['copy'] = (table, columns, rows) => {
        const text = toCopyText(rows)
        return inTurn(() => copyInto(client, table, columns, text))
      }
      const result = await work({ trx, copy })
      if (result.isKept) await trx.commit().execute()
      return result
    } finally {
      if (!trx.isCommitted && broken === undefined) await trx.rollback().execute()
    }
  } finally {
    client.off('error', breaks)
    client.release(broken)
  }
}
