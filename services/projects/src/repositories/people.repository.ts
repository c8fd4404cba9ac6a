import type { ListedPerson, Person } from '@tiaodu/types'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { StoredPerson } from '../domain/person-change.ts'
import type { DB, People } from '../generated/tables.ts'
import { listOf, saveAppointments } from './appointments.repository.ts'
import { holding } from './like.ts'
import { ledgerOf } from './version-ledger.ts'

export const { insertVersions: insertPersonVersions, listVersions: listPersonVersions } = ledgerOf('person')

const toStored = (row: Selectable<People>): Omit<StoredPerson, 'appointments'> => ({
  id: row.id,
  name: row.name,
  unitId: row.unit_id,
  role: row.role as Person['role'],
  email: row.email,
  mobile: row.mobile,
  leftOn: row.left_on,
  isSimulated: row.is_simulated,
  version: row.version,
})

const toRow = (person: StoredPerson) => ({
  id: person.id,
  name: person.name,
  unit_id: person.unitId,
  role: person.role,
  email: person.email,
  mobile: person.mobile,
  left_on: person.leftOn,
  is_simulated: person.isSimulated,
  version: person.version,
})

export async function findPerson(db: Kysely<DB>, id: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('people')
    .innerJoin('units', 'units.id', 'people.unit_id')
    .selectAll('people')
    .select('units.region_code')
    .where('people.id', '=', id)
    .executeTakeFirst()
  return row && { ...toStored(row), regionCode: row.region_code }
}

export async function lockPerson(trx: Transaction<DB>, id: string): Promise<StoredPerson | undefined> {
  const row = await trx.selectFrom('people').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && { ...toStored(row), appointments: await listOf(trx, id) }
}

/** Pages by pinyin; the name's collation is the database's. */
export async function listPeople(
  db: Kysely<DB>,
  filter: {
    q?: string | undefined
    unitId?: string | undefined
    role?: string | undefined
    withLeft?: boolean | undefined
    after?: readonly [name: string, id: string] | undefined
    limit: number
  },
): Promise<ListedPerson[]> {
  const { q, unitId, role, withLeft, after, limit } = filter
  let query = db
    .selectFrom('people')
    .innerJoin('units', 'units.id', 'people.unit_id')
    .selectAll('people')
    .select(['units.region_code', 'units.name as unit_name'])
    .orderBy('people.name')
    .orderBy('people.id')
    .limit(limit)
  if (q !== undefined) query = query.where(holding('people.name', q))
  if (unitId !== undefined) query = query.where('people.unit_id', '=', unitId)
  if (role !== undefined) query = query.where('people.role', '=', role)
  if (withLeft !== true) query = query.where('people.left_on', 'is', null)
  if (after !== undefined)
    query = query.where(sql<boolean>`(people.name, people.id) > (${after[0]}, ${after[1]}::uuid)`)
  return (await query.execute()).map((row) => ({
    ...toStored(row),
    regionCode: row.region_code,
    unitName: row.unit_name,
  }))
}

/** The people of a unit by what an event says of them. */
export const listPeopleVersions = async (db: Kysely<DB>, unitId: string) =>
  await db.selectFrom('people').select(['id as personId', 'version']).where('unit_id', '=', unitId).execute()

/** Writes a person, new or changed, with the appointments. */
export async function savePerson(trx: Transaction<DB>, person: StoredPerson): Promise<void> {
  const row = toRow(person)
  await trx
    .insertInto('people')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await saveAppointments(trx, person.id, person.appointments)
}
