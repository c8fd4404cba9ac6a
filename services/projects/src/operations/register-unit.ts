import { type BodyOf, refuse, type routes, type Unit } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findUnit, insertUnit } from '../repositories/units.repository.ts'

/** Registers a unit. @throws already-exists, unknown-reference */
export const registerUnit = (
  db: Kysely<DB>,
  id: string,
  fields: BodyOf<typeof routes.createUnit>,
  isSimulated: boolean,
): Promise<Unit> =>
  db.transaction().execute(async (trx) => {
    const parentId = fields.parentId ?? null
    if (parentId !== null && (await findUnit(trx, parentId)) === undefined) {
      throw refuse('unknown-reference', 'parentId', { zh: '没有这个单位', en: 'There is no such unit' })
    }
    const unit: Unit = { ...fields, id, parentId, isSimulated, version: 1 }
    await insertUnit(trx, unit)
    return unit
  })
