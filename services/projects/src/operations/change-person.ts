import { type Person, type PersonPatch, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { decidePersonChange } from '../domain/person-change.ts'
import type { DB } from '../generated/tables.ts'
import type { Act } from './act.ts'
import { lockPersonVersion, regionOf, savePersonVersion } from './person-version.ts'

/** Changes a person. @throws not-found, version-mismatch, validation-failed, unknown-reference */
export const changePerson = (
  db: Kysely<DB>,
  change: { id: string; patch: PersonPatch; expectedVersion: number | undefined },
  act: Act,
): Promise<Person> =>
  db.transaction().execute(async (trx) => {
    const current = await lockPersonVersion(trx, change.id, change.expectedVersion)
    const { reason = null, ...patch } = change.patch
    const decided = decidePersonChange(current, patch, { today: toDateOn(act.now), newId: uuidv7 })
    const { appointments: _, ...person } = decided?.person ?? current
    const regionCode = await regionOf(trx, person.unitId)
    if (decided !== undefined) await savePersonVersion(trx, decided, { ...act, reason })
    return { ...person, regionCode }
  })
