import { type NewPerson, type Person, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { decidePersonRegistration } from '../domain/person-change.ts'
import type { DB } from '../generated/tables.ts'
import type { Act } from './act.ts'
import { regionOf, savePersonVersion } from './person-version.ts'

/** Registers a person in a unit. @throws unknown-reference */
export const registerPerson = (
  db: Kysely<DB>,
  request: { id: string; fields: NewPerson; isSimulated: boolean },
  act: Act,
): Promise<Person> =>
  db.transaction().execute(async (trx) => {
    const { id, fields, isSimulated } = request
    const regionCode = await regionOf(trx, fields.unitId)
    const about = { today: toDateOn(act.now), appointmentId: uuidv7(), isSimulated }
    const decided = decidePersonRegistration(id, fields, about)
    await savePersonVersion(trx, decided, { ...act, reason: null })
    const { appointments: _, ...person } = decided.person
    return { ...person, regionCode }
  })
