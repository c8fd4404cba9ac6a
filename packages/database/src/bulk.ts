import { once } from 'node:events'
import { Kysely, PostgresDialect, type PostgresPoolClient, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

/** What COPY takes as one cell; JSON and arrays as their text. */
export type Cell = string | number | boolean | Date | null

/** Rows on their way to a table: gathered as text, then sent. */
export interface Copy<Row> {
  add(row: Row): void
  /** Sends what was added since the last time. @throws what PostgreSQL has against a row, as that the table has it already */
  send(): Promise<void>
}

/** One transaction over one connection, for many rows at a time. Several statements may be asked at once: each has its turn. */
export interface Bulk<Tables> {
  readonly trx: Transaction<Tables>
  /** Adds rows to a table, several times as fast as inserting them. */
  copy<Row>(table: string, columns: readonly string[], toCells: (row: Row) => readonly Cell[]): Copy<Row>
}

const SPECIAL = /[\\\n\r\t]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The same answer for the same object, one after the other: of many rows, what all of them share is written once. */
export function remember<T extends object>(write: (value: T) => string): (value: T) => string {
  let last: T | undefined
  let text = ''
  return (value) => {
    if (value !== last) text = write(value)
    last = value
    return text
  }
}

const toInstantText = remember((instant: Date) => instant.toISOString())
const toText = (cell: Cell): string => {
  if (cell === null) return '\\N'
  if (cell instanceof Date) return toInstantText(cell)
  if (typeof cell !== 'string') return String(cell)
  return SPECIAL.test(cell) ? cell.replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] ?? found) : cell
}

/** A text[] as PostgreSQL writes it. */
export const toTextArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

// Text that waits is kept outside the heap: the rows it came from are forgotten while they are young.
const PIECE = 16_384

function createCopyText() {
  let pieces: Buffer[] = []
  let text = ''
  const keep = () => {
    pieces.push(Buffer.from(text))
    text = ''
  }
  return {
    add(cells: readonly Cell[]): void {
      let at = 0
      for (const cell of cells) text += at++ === 0 ? toText(cell) : `\t${toText(cell)}`
      text += '\n'
      if (text.length >= PIECE) keep()
    },
    take(): Buffer {
      keep()
      const all = Buffer.concat(pieces)
      pieces = []
      return all
    },
  }
}

async function copyInto(client: pg.PoolClient, table: string, columns: readonly string[], text: Buffer): Promise<void> {
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
      const copy: Bulk<Tables>['copy'] = (table, columns, toCells) => {
        const text = createCopyText()
        return {
          add: (row) => text.add(toCells(row)),
          async send() {
            const rows = text.take()
            if (rows.length > 0) await inTurn(() => copyInto(client, table, columns, rows))
          },
        }
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
