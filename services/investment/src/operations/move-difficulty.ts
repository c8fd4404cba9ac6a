import { appendEvents } from '@tiaodu/messaging/outbox'
import { isWithin, type Reach } from '@tiaodu/service'
import { type Difficulty, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { type DifficultyRequest, decideMove } from '../domain/difficulty-moves.ts'
import type { DB } from '../generated/tables.ts'
import {
  forgetTold,
  insertMove,
  lockDifficulty,
  type MoveBy,
  updateDifficulty,
} from '../repositories/difficulties.repository.ts'
import { findDifficulty, type PlacedDifficulty } from '../repositories/difficulty-pages.repository.ts'
import { toDifficultyView } from './difficulty-view.ts'
import { aboutDifficulty, requireUnit } from './register-difficulty.ts'

/** A difficulty of a project within reach, or one that the caller's unit is in charge of. @throws not-found outside-scope */
export async function getDifficultyWithin(db: Kysely<DB>, id: string, reach: Reach): Promise<PlacedDifficulty> {
  const found = await findDifficulty(db, id)
  if (found === undefined)
    throw refuse('not-found', 'id', { zh: '没有这条困难和问题', en: 'There is no such difficulty' })
  if (isWithin(reach, found) || (reach.unitId !== null && reach.unitId === found.unitInChargeId)) return found
  throw refuse('outside-scope', 'id', {
    zh: '该项目属于其他单位或区域',
    en: 'This project belongs to another unit or region',
  })
}

/** Does something about a difficulty. @throws not-found, outside-scope, version-mismatch, difficulty-move-forbidden, validation-failed, unknown-reference */
export const moveDifficulty = (
  db: Kysely<DB>,
  id: string,
  request: DifficultyRequest,
  by: MoveBy & { readonly reach: Reach; readonly expectedVersion: number | undefined },
): Promise<Difficulty> =>
  db.transaction().execute(async (trx) => {
    const { now, expectedVersion } = by
    const current = await lockDifficulty(trx, id)
    const found = await getDifficultyWithin(trx, id, by.reach)
    const step = decideMove(current ?? found, request, { now, expectedVersion, unitId: by.reach.unitId })
    const { difficulty } = step
    if (request.action === 'reassign') await requireUnit(trx, request.unitInChargeId)
    await updateDifficulty(trx, difficulty)
    await insertMove(trx, step, by)
    if (request.action === 'return') await forgetTold(trx, id)
    if (request.action === 'reschedule') {
      const payload = { ...aboutDifficulty(difficulty), rescheduledAt: now.toISOString() }
      await appendEvents(trx, [{ name: 'difficulty.rescheduled.v1', payload }], now)
    }
    if (request.action === 'resolve') {
      const payload = { ...aboutDifficulty(difficulty), resolvedAt: now.toISOString() }
      await appendEvents(trx, [{ name: 'difficulty.resolved.v1', payload }], now)
    }
    return toDifficultyView((await findDifficulty(trx, id)) as PlacedDifficulty, now)
  })
