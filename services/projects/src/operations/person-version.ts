import { appendEvents } from '@tiaodu/messaging/outbox'
import { refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import type { StoredPerson } from '../domain/person-change.ts'
import type { Changes } from '../domain/versions.ts'
import type { DB } from '../generated/tables.ts'
import { insertPersonVersions, lockPerson, savePerson } from '../repositories/people.repository.ts'
import { findUnit } from '../repositories/units.repository.ts'
import type { Act } from './act.ts'
import { assertVersion } from './assert-version.ts'

/** The person as it stands, held until the transaction ends. @throws not-found, version-mismatch */
export async function lockPersonVersion(
  trx: Transaction<DB>,
  id: string,
  expectedVersion: number | undefined,
): Promise<StoredPerson> {
  const current = await lockPerson(trx, id)
  if (current === undefined) throw refuse('not-found', 'id', { zh: '没有这个人员', en: 'There is no such person' })
  assertVersion(current, expectedVersion)
  return current
}

/** The region of the unit that a person stands in. @throws unknown-reference naming unitId */
export async function regionOf(db: Kysely<DB>, unitId: string): Promise<string> {
  const unit = await findUnit(db, unitId)
  if (unit === undefined) {
    throw refuse('unknown-reference', 'unitId', { zh: '没有这个单位', en: 'There is no such unit' })
  }
  return unit.regionCode
}

/** Saves a person with what was changed and why, and tells the others, by id alone. */
export async function savePersonVersion(
  trx: Transaction<DB>,
  { person, changes }: { person: StoredPerson; changes: Changes },
  { now, actorId, actorName, reason }: Act & { reason: string | null },
): Promise<void> {
  const { id: personId, version } = person
  await savePerson(trx, person)
  await insertPersonVersions(trx, [{ personId, version, at: now, actorId, actorName, reason, changes }])
  await appendEvents(trx, [{ name: 'person.changed.v1', payload: { personId, version } }], now)
}
