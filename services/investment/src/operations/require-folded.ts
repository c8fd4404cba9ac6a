import { refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findCycle } from '../repositories/cycles.repository.ts'
import { isMarked } from '../repositories/marks.repository.ts'
import { foldRollups } from './fold-rollups.ts'

/** Folds what is still marked. */
export async function foldMarked(db: Kysely<DB>, now: Date): Promise<void> {
  if (await isMarked(db, now)) await foldRollups(db, now)
}

/** Refuses a period without a cycle, and folds what is still marked. @throws not-found */
export async function requireFolded(db: Kysely<DB>, period: string, now: Date): Promise<void> {
  if ((await findCycle(db, period)) === undefined)
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  await foldMarked(db, now)
}
