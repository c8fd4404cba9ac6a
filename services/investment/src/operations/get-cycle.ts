import { type Cycle, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { NOTHING_OWED, toLedgerRates } from '../domain/ledger.ts'
import type { DB } from '../generated/tables.ts'
import {
  type CycleCounts,
  countObligations,
  findCycle,
  listCycles,
  type StoredCycle,
} from '../repositories/cycles.repository.ts'

const NOTHING: CycleCounts = { ...NOTHING_OWED, approved: 0 }

/** A cycle with its counts, as it stands at `now`. */
export function toCycleView(cycle: StoredCycle, counts: CycleCounts | undefined, now: Date): Cycle {
  const { openedAt, dueAt, lockAt, preliminaryFrequency: _, ...rest } = cycle
  const { excusedFiled: _filed, ...counted } = counts ?? NOTHING
  const state = now < dueAt ? 'open' : now < lockAt ? 'overdue' : 'locked'
  return {
    ...rest,
    state,
    openedAt: openedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    lockAt: lockAt.toISOString(),
    counts: counted,
    rates: toLedgerRates(counts ?? NOTHING),
  }
}

/** @throws not-found when the cycle was never opened */
export async function requireCycle(db: Kysely<DB>, period: string): Promise<StoredCycle> {
  const cycle = await findCycle(db, period)
  if (cycle === undefined)
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  return cycle
}

/** One cycle. @throws not-found */
export async function getCycle(db: Kysely<DB>, period: string, now: Date): Promise<Cycle> {
  const cycle = await requireCycle(db, period)
  return toCycleView(cycle, (await countObligations(db, [period], now)).get(period), now)
}

/** Cycles, newest first; the cursor is the last period of the page. */
export async function listCyclePage(
  db: Kysely<DB>,
  query: { cursor?: string | undefined; limit?: number | undefined },
  now: Date,
) {
  const { cursor, limit = 20 } = query
  const found = await listCycles(db, cursor, limit + 1)
  const page = found.slice(0, limit)
  const counts = await countObligations(
    db,
    page.map(({ period }) => period),
    now,
  )
  return {
    items: page.map((cycle) => toCycleView(cycle, counts.get(cycle.period), now)),
    nextCursor: found.length > limit ? (page.at(-1)?.period ?? null) : null,
  }
}
