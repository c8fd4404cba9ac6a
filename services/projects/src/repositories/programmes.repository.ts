import type { Programme } from '@tiaodu/types'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { DB, Programmes } from '../generated/tables.ts'
import { ledgerOf } from './version-ledger.ts'

export const { insertVersions: insertProgrammeVersions, listVersions: listProgrammeVersions } = ledgerOf('programme')

const toProgramme = (row: Selectable<Programmes>): Programme => ({
  id: row.id,
  code: row.code,
  name: row.name,
  level: row.level as Programme['level'],
  document: row.document,
  fromYear: row.from_year,
  toYear: row.to_year,
  version: row.version,
})

const toRow = (programme: Programme): Selectable<Programmes> => ({
  id: programme.id,
  code: programme.code,
  name: programme.name,
  level: programme.level,
  document: programme.document,
  from_year: programme.fromYear,
  to_year: programme.toYear,
  version: programme.version,
})

/** Programmes by code; `after` is the code that the last page ended with. */
export async function listProgrammes(
  db: Kysely<DB>,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Programme[]> {
  let query = db.selectFrom('programmes').selectAll().orderBy('code').limit(limit)
  if (after !== undefined) query = query.where('code', '>', after)
  return (await query.execute()).map(toProgramme)
}

export async function findProgramme(db: Kysely<DB>, id: string): Promise<Programme | undefined> {
  const row = await db.selectFrom('programmes').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toProgramme(row)
}

export async function lockProgramme(trx: Transaction<DB>, id: string): Promise<Programme | undefined> {
  const row = await trx.selectFrom('programmes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toProgramme(row)
}

/** Which field of a programme belongs to another one already. */
export async function findTakenProgramme(db: Kysely<DB>, programme: Programme): Promise<'code' | 'name' | undefined> {
  const { rows } = await sql<{ taken: 'code' | 'name' }>`
    select case when code = ${programme.code} then 'code' else 'name' end as taken from programmes
    where id <> ${programme.id} and (code = ${programme.code} or name = ${programme.name}) limit 1`.execute(db)
  return rows[0]?.taken
}

export const insertProgramme = async (trx: Transaction<DB>, programme: Programme): Promise<void> => {
  await trx.insertInto('programmes').values(toRow(programme)).execute()
}

export const saveProgramme = async (trx: Transaction<DB>, { id, ...programme }: Programme): Promise<void> => {
  const { id: _id, ...row } = toRow({ id, ...programme })
  await trx.updateTable('programmes').set(row).where('id', '=', id).execute()
}
