import type { Reach } from '@tiaodu/service'
import { ProblemError, type ResponseOf, type routes, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { assessEntry, isNotStarted } from '../domain/reserve-pool.ts'
import type { DB } from '../generated/tables.ts'
import { insertEntries, lockCarried } from '../repositories/reserve-pool.repository.ts'
import type { Act } from './act.ts'

const SHOWN = 200

/** Proposes for a year what stood in the pool of the year before and has not started; safe to repeat. @throws validation-failed */
export const rollPool = (
  db: Kysely<DB>,
  { year, decidedOn, isDryRun }: { year: number; decidedOn: string | undefined; isDryRun: boolean },
  reach: Reach,
  { now, actorId, actorName }: Act,
): Promise<ResponseOf<typeof routes.rollReservePool>> =>
  db.transaction().execute(async (trx) => {
    const today = toDateOn(now)
    const decision = { state: 'proposed' as const, decidedOn: decidedOn ?? today }
    const faults = assessEntry(decision, today)
    if (faults.length > 0) throw new ProblemError('validation-failed', undefined, faults)
    const carried = await lockCarried(trx, year, reach)
    const open = carried.filter(({ isEntered }) => !isEntered)
    const proposed = open.filter(({ stage }) => isNotStarted(stage))
    if (!isDryRun && proposed.length > 0) {
      const entries = proposed.map(({ projectId }) => ({ id: uuidv7(), projectId, number: 1 }))
      await insertEntries(trx, entries, {
        ...decision,
        ...{ year, reason: null, document: null, at: now, actorId, actorName },
      })
    }
    return {
      year,
      isDryRun,
      proposed: proposed.length,
      alreadyEntered: carried.length - open.length,
      leftOut: open.length - proposed.length,
      projects: proposed.slice(0, SHOWN).map(({ isEntered: _, ...project }) => project),
    }
  })
