import { type NewUnit, refuse, toDateOn, type Unit } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideUnitRegistration } from '../domain/unit-change.ts'
import type { DB } from '../generated/tables.ts'
import { lockTree } from '../repositories/units.repository.ts'
import type { Act } from './act.ts'
import { checkUnit } from './check-unit.ts'
import { saveUnitVersion } from './unit-version.ts'

/** Registers a unit. @throws already-exists, unknown-reference, validation-failed */
export const registerUnit = (
  db: Kysely<DB>,
  request: { id: string; fields: NewUnit; isSimulated: boolean },
  act: Act,
): Promise<Unit> =>
  db.transaction().execute(async (trx) => {
    await lockTree(trx)
    const { id, fields, isSimulated } = request
    const decided = decideUnitRegistration(id, fields, { today: toDateOn(act.now), isSimulated })
    const regionName = await checkUnit(trx, decided.unit, 'parentId')
    if (fields.regionName !== undefined && fields.regionName !== regionName) {
      throw refuse('validation-failed', 'regionName', {
        zh: `区划登记的名称是 ${regionName}`,
        en: `The registry of regions has ${regionName}`,
      })
    }
    await saveUnitVersion(trx, decided, { ...act, reason: null })
    return { ...decided.unit, regionName }
  })
