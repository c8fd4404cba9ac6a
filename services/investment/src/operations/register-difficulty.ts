import { appendEvents } from '@tiaodu/messaging/outbox'
import { type Difficulty, type NewDifficulty, refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { decideRegister, type StoredDifficulty } from '../domain/difficulty.ts'
import type { DB } from '../generated/tables.ts'
import { insertDifficulty, insertMove, lockReported, type MoveBy } from '../repositories/difficulties.repository.ts'
import { findDifficulty, isUnitKnown, type PlacedDifficulty } from '../repositories/difficulty-pages.repository.ts'
import { toDifficultyView } from './difficulty-view.ts'

/** What every event about a difficulty says. */
export const aboutDifficulty = (difficulty: StoredDifficulty) => ({
  difficultyId: difficulty.id,
  projectId: difficulty.projectId,
  unitInChargeId: difficulty.unitInChargeId,
  category: difficulty.category,
  coordinationLevel: difficulty.coordinationLevel,
  dueOn: difficulty.dueOn,
})

/** @throws unknown-reference naming `unitInChargeId` */
export async function requireUnit(trx: Transaction<DB>, unitInChargeId: string): Promise<void> {
  if (await isUnitKnown(trx, unitInChargeId)) return
  throw refuse('unknown-reference', 'unitInChargeId', { zh: '没有这个单位', en: 'There is no such unit' })
}

/** Puts a difficulty of a filed report into the ledger. @throws no-difficulty-reported, validation-failed, unknown-reference, already-exists */
export const registerDifficulty = (
  db: Kysely<DB>,
  projectId: string,
  entered: NewDifficulty,
  by: MoveBy & { readonly isSimulated: boolean },
): Promise<Difficulty> =>
  db.transaction().execute(async (trx) => {
    const { now, isSimulated } = by
    const reported = await lockReported(trx, projectId, entered.period)
    const step = decideRegister(entered, reported, { id: uuidv7(), projectId, now, isSimulated })
    const { difficulty } = step
    await requireUnit(trx, difficulty.unitInChargeId)
    if (!(await insertDifficulty(trx, difficulty)))
      throw refuse('already-exists', 'description', {
        zh: '该期报告的这一条已经登记',
        en: 'This difficulty of the report is in the ledger already',
      })
    await insertMove(trx, step, by)
    const payload = { ...aboutDifficulty(difficulty), period: entered.period, registeredAt: now.toISOString() }
    await appendEvents(trx, [{ name: 'difficulty.registered.v1', payload }], now)
    return toDifficultyView((await findDifficulty(trx, difficulty.id)) as PlacedDifficulty, now)
  })
