import { appendEvents } from '@tiaodu/messaging'
import { type BodyOf, type Person, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findUnit, insertPerson } from '../repositories/units.repository.ts'

/** Registers a person in a unit. @throws unknown-reference */
export const registerPerson = (
  db: Kysely<DB>,
  id: string,
  fields: BodyOf<typeof routes.createPerson>,
  isSimulated: boolean,
  now: Date,
): Promise<Person> =>
  db.transaction().execute(async (trx) => {
    const unit = await findUnit(trx, fields.unitId)
    if (unit === undefined)
      throw refuse('unknown-reference', 'unitId', { zh: '没有这个单位', en: 'There is no such unit' })
    const person: Person = { ...fields, id, regionCode: unit.regionCode, isSimulated, version: 1 }
    await insertPerson(trx, person)
    await appendEvents(trx, [{ name: 'person.changed.v1', payload: { personId: id, version: 1 } }], now)
    return person
  })
