import { appendEvents } from '@tiaodu/messaging/outbox'
import type { Unit, UnitPatch } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideUnitChange } from '../domain/unit-change.ts'
import type { DB } from '../generated/tables.ts'
import { listPeopleVersions } from '../repositories/people.repository.ts'
import type { Act } from './act.ts'
import { checkUnit } from './check-unit.ts'
import { lockUnitVersion, saveUnitVersion } from './unit-version.ts'

/** Changes fields of a unit. @throws not-found, version-mismatch, validation-failed, already-exists, unknown-reference */
export const changeUnit = (
  db: Kysely<DB>,
  change: { id: string; patch: UnitPatch; expectedVersion: number | undefined },
  act: Act,
): Promise<Unit> =>
  db.transaction().execute(async (trx) => {
    const current = await lockUnitVersion(trx, change.id, change.expectedVersion)
    const { reason = null, ...patch } = change.patch
    const decided = decideUnitChange(current, patch)
    const unit = decided?.unit ?? current
    const regionName = await checkUnit(trx, unit, 'kind')
    if (decided !== undefined) await saveUnitVersion(trx, decided, { ...act, reason })
    // The region of people is that of their unit: whoever keeps them asks for them again.
    if (unit.regionCode !== current.regionCode) {
      const people = await listPeopleVersions(trx, unit.id)
      await appendEvents(
        trx,
        people.map((payload) => ({ name: 'person.changed.v1', payload })),
        act.now,
      )
    }
    return { ...unit, regionName }
  })
