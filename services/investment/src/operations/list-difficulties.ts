import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import { type DifficultyWithTimeline, type QueryOf, type routes, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listDifficulties, listMoves, listUnregistered } from '../repositories/difficulty-pages.repository.ts'
import { toDifficultyView } from './difficulty-view.ts'
import { getDifficultyWithin } from './move-difficulty.ts'

/** A page of the ledger. */
export async function listDifficultyPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listDifficulties>,
  reach: Reach,
  now: Date,
) {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['date', 'id'])
  const rows = await listDifficulties(db, filter, reach, { after, limit }, toDateOn(now))
  return toPage(
    rows.map((row) => toDifficultyView(row, now)),
    limit,
    ({ dueOn, id }) => [dueOn, id],
  )
}

/** A page of the filed reports of a period that tell of what is not in the ledger. */
export async function listUnregisteredPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listUnregisteredDifficulties>,
  reach: Reach,
) {
  const [after] = cursor === undefined ? [] : fromCursor(cursor, ['id'])
  const rows = await listUnregistered(db, filter, reach, { after, limit })
  return toPage(
    rows.map(({ submittedAt, ...row }) => ({ ...row, submittedAt: submittedAt?.toISOString() ?? null })),
    limit,
    ({ projectId }) => [projectId],
  )
}

/** A difficulty with what was done about it. @throws not-found outside-scope */
export async function getDifficulty(
  db: Kysely<DB>,
  id: string,
  reach: Reach,
  now: Date,
): Promise<DifficultyWithTimeline> {
  const difficulty = toDifficultyView(await getDifficultyWithin(db, id, reach), now)
  const moves = await listMoves(db, id)
  return { ...difficulty, timeline: moves.map(({ at, ...move }) => ({ ...move, at: at.toISOString() })) }
}
