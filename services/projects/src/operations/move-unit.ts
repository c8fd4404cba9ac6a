import { type BodyOf, type routes, toDateOn, type Unit } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideUnitMove } from '../domain/unit-change.ts'
import { assessUnitMove } from '../domain/unit-tree.ts'
import type { DB } from '../generated/tables.ts'
import { listStandings } from '../repositories/unit-history.repository.ts'
import type { Act } from './act.ts'
import { checkUnit } from './check-unit.ts'
import { lockUnitVersion, saveUnitVersion } from './unit-version.ts'

/** Moves a unit under another parent. @throws not-found, version-mismatch, validation-failed, unknown-reference */
export const moveUnit = (
  db: Kysely<DB>,
  request: { id: string; move: BodyOf<typeof routes.moveUnit>; expectedVersion: number | undefined },
  act: Act,
): Promise<Unit> =>
  db.transaction().execute(async (trx) => {
    const { id, move, expectedVersion } = request
    const current = await lockUnitVersion(trx, id, expectedVersion)
    const decided = decideUnitMove(current, move)
    assessUnitMove(await listStandings(trx), { unitId: id, ...move }, toDateOn(act.now))
    const regionName = await checkUnit(trx, decided.unit, 'parentId')
    await saveUnitVersion(trx, decided, { ...act, reason: move.reason })
    return { ...decided.unit, regionName }
  })
