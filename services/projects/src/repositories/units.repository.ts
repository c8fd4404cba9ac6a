import type { Unit, UnitKind } from '@tiaodu/types'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { StoredUnit } from '../domain/unit-change.ts'
import type { NamedUnit } from '../domain/unit-names.ts'
import type { DB, Units } from '../generated/tables.ts'

const toUnit = (row: Selectable<Units>): StoredUnit => ({
  id: row.id,
  name: row.name,
  kind: row.kind as UnitKind,
  regionCode: row.region_code,
  parentId: row.parent_id,
  parentSince: row.parent_since,
  creditCode: row.credit_code,
  peerGroup: row.peer_group,
  address: row.address,
  telephone: row.telephone,
  isSimulated: row.is_simulated,
  version: row.version,
})

const toRow = (unit: StoredUnit) => ({
  id: unit.id,
  name: unit.name,
  kind: unit.kind,
  region_code: unit.regionCode,
  parent_id: unit.parentId,
  parent_since: unit.parentSince,
  credit_code: unit.creditCode,
  peer_group: unit.peerGroup,
  address: unit.address,
  telephone: unit.telephone,
  is_simulated: unit.isSimulated,
  version: unit.version,
})

/** Holds the tree still until the transaction ends: two changes at once could make a cycle that neither makes alone. */
export const lockTree = async (trx: Transaction<DB>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('unit-tree'))`.execute(trx)
}

export async function findUnit(db: Kysely<DB>, id: string): Promise<Unit | undefined> {
  const row = await db
    .selectFrom('units')
    .innerJoin('regions', 'regions.code', 'units.region_code')
    .selectAll('units')
    .select('regions.name as region_name')
    .where('units.id', '=', id)
    .executeTakeFirst()
  return row && { ...toUnit(row), regionName: row.region_name }
}

/** Every unit as lists name them. */
export const listNamedUnits = (db: Kysely<DB>): Promise<NamedUnit[]> =>
  db.selectFrom('units').select(['id', 'name', 'region_code as regionCode', 'credit_code as creditCode']).execute()

export async function lockUnit(trx: Transaction<DB>, id: string): Promise<StoredUnit | undefined> {
  const row = await trx.selectFrom('units').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toUnit(row)
}

export const insertUnit = async (trx: Transaction<DB>, unit: StoredUnit): Promise<void> => {
  await trx.insertInto('units').values(toRow(unit)).execute()
}

export const saveUnit = async (trx: Transaction<DB>, unit: StoredUnit): Promise<void> => {
  await trx.updateTable('units').set(toRow(unit)).where('id', '=', unit.id).execute()
}

/** The kinds that stand directly below a unit. */
export const listKindsBelow = async (db: Kysely<DB>, id: string): Promise<UnitKind[]> =>
  (await db.selectFrom('units').select('kind').distinct().where('parent_id', '=', id).execute()).map(
    ({ kind }) => kind as UnitKind,
  )

/** Which field of a unit belongs to another one already: its name within the region, or its credit code. */
export async function findTakenUnit(
  db: Kysely<DB>,
  unit: Pick<StoredUnit, 'id' | 'regionCode' | 'name' | 'creditCode'>,
): Promise<'name' | 'creditCode' | undefined> {
  const { rows } = await sql<{ taken: 'name' | 'creditCode' }>`
    select case when name = ${unit.name} and region_code = ${unit.regionCode} then 'name' else 'creditCode' end as taken
    from units where id <> ${unit.id}
      and (name = ${unit.name} and region_code = ${unit.regionCode} or credit_code = ${unit.creditCode})
    limit 1`.execute(db)
  return rows[0]?.taken
}

/** The groups that units are ranked in, by pinyin. */
export async function listPeerGroups(db: Kysely<DB>): Promise<{ name: string; unitCount: number }[]> {
  const { rows } = await sql<{ name: string; unitCount: number }>`
    select peer_group as name, count(*)::int as "unitCount" from units
    where peer_group is not null group by peer_group order by peer_group`.execute(db)
  return rows
}
