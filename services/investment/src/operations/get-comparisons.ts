import { type Comparisons, type QueryOf, type routes, yearOf } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { compare } from '../domain/comparisons.ts'
import { endOf } from '../domain/dated-duties.ts'
import type { DB } from '../generated/tables.ts'
import { listComparedProjects, listFiledInYear } from '../repositories/comparisons.repository.ts'
import { listPeers } from '../repositories/peers.repository.ts'
import { findHistoryFrom } from '../repositories/stage-entries.repository.ts'
import { requireFolded } from './require-folded.ts'

/** The five comparisons as the roll-ups and the kept histories have them. */
async function readComparisons(
  db: Kysely<DB>,
  { period, of }: QueryOf<typeof routes.getComparisons>,
): Promise<Comparisons> {
  const span = { fromOn: `${yearOf(period)}-01-01`, toOn: endOf(period) }
  const filed = new Map((await listFiledInYear(db, period, of)).map((row) => [row.key, row]))
  const peers = (await listPeers(db, period, of)).map(({ key, name, peerGroup }) => {
    const { expected = 0, onTime = 0 } = filed.get(key) ?? {}
    return { key, name, peerGroup, expected, onTime }
  })
  const projects = await listComparedProjects(db, { period, of, ...span })
  const historyFrom = await findHistoryFrom(db)
  return {
    period,
    of,
    historyFrom,
    isHistoryWhole: historyFrom !== null && historyFrom <= span.fromOn,
    tables: compare(peers, projects, period),
  }
}

/** The five comparisons of the year up to a month; everybody sees all of a group. @throws not-found */
export async function getComparisons(
  db: Kysely<DB>,
  query: QueryOf<typeof routes.getComparisons>,
  now: Date,
): Promise<Comparisons> {
  await requireFolded(db, query.period, now)
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => readComparisons(trx, query))
}
