import { type Person, refuse, type Unit } from '@tiaodu/types'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { DB, People, Units } from '../generated/tables.ts'

const toUnit = (row: Selectable<Units>): Unit => ({
  id: row.id,
  name: row.name,
  regionCode: row.region_code,
  regionName: row.region_name,
  parentId: row.parent_id,
  isSimulated: row.is_simulated,
  version: row.version,
})

export const findUnit = async (db: Kysely<DB>, id: string): Promise<Unit | undefined> => {
  const row = await db.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toUnit(row)
}

/** Pages by pinyin; the name's collation is the database's. */
export async function listUnits(
  db: Kysely<DB>,
  filter: { regionCode?: string | undefined; after?: readonly [name: string, id: string] | undefined; limit: number },
): Promise<Unit[]> {
  let query = db.selectFrom('units').selectAll().orderBy('name').orderBy('id').limit(filter.limit)
  if (filter.regionCode !== undefined) query = query.where('region_code', '=', filter.regionCode)
  if (filter.after !== undefined)
    query = query.where(sql<boolean>`(name, id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`)
  return (await query.execute()).map(toUnit)
}

export async function insertUnit(trx: Transaction<DB>, unit: Unit): Promise<void> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('units')
    .values({
      id: unit.id,
      name: unit.name,
      region_code: unit.regionCode,
      region_name: unit.regionName,
      parent_id: unit.parentId,
      is_simulated: unit.isSimulated,
      version: unit.version,
    })
    .onConflict((conflict) => conflict.columns(['region_code', 'name']).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n)
    throw refuse('already-exists', 'name', {
      zh: `该区域已有单位“${unit.name}”`,
      en: `${unit.name} exists already in this region`,
    })
}

type PersonRow = Selectable<People> & { region_code: string }

const toPerson = (row: PersonRow): Person => ({
  id: row.id,
  name: row.name,
  unitId: row.unit_id,
  role: row.role as Person['role'],
  email: row.email,
  regionCode: row.region_code,
  isSimulated: row.is_simulated,
  version: row.version,
})

export async function findPerson(db: Kysely<DB>, id: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('people')
    .innerJoin('units', 'units.id', 'people.unit_id')
    .selectAll('people')
    .select('units.region_code')
    .where('people.id', '=', id)
    .executeTakeFirst()
  return row && toPerson(row)
}

export const insertPerson = async (trx: Transaction<DB>, person: Person): Promise<void> => {
  await trx
    .insertInto('people')
    .values({
      id: person.id,
      name: person.name,
      unit_id: person.unitId,
      role: person.role,
      email: person.email,
      is_simulated: person.isSimulated,
      version: person.version,
    })
    .execute()
}
