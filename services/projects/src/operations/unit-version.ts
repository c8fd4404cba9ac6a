import { appendEvents } from '@tiaodu/messaging/outbox'
import { refuse } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { type StoredUnit, toUnitChanged } from '../domain/unit-change.ts'
import type { Changes } from '../domain/versions.ts'
import type { DB } from '../generated/tables.ts'
import { refuseTaken } from '../repositories/taken.ts'
import { insertUnitVersions } from '../repositories/unit-history.repository.ts'
import { insertUnit, lockTree, lockUnit, saveUnit } from '../repositories/units.repository.ts'
import type { Act } from './act.ts'
import { assertVersion } from './assert-version.ts'

/** The unit as it stands, held with the whole tree until the transaction ends. @throws not-found, version-mismatch */
export async function lockUnitVersion(
  trx: Transaction<DB>,
  id: string,
  expectedVersion: number | undefined,
): Promise<StoredUnit> {
  await lockTree(trx)
  const current = await lockUnit(trx, id)
  if (current === undefined) throw refuse('not-found', 'id', { zh: '没有这个单位', en: 'There is no such unit' })
  assertVersion(current, expectedVersion)
  return current
}

/** Saves a unit with what was changed and why, and tells the others. @throws already-exists */
export async function saveUnitVersion(
  trx: Transaction<DB>,
  { unit, changes }: { unit: StoredUnit; changes: Changes },
  { now, actorId, actorName, reason }: Act & { reason: string | null },
): Promise<void> {
  await refuseTaken(unit.version === 1 ? insertUnit(trx, unit) : saveUnit(trx, unit))
  await insertUnitVersions(trx, [
    { unitId: unit.id, version: unit.version, at: now, actorId, actorName, reason, changes },
  ])
  await appendEvents(trx, [toUnitChanged(unit)], now)
}
