import { fromCursor, toPage } from '@tiaodu/service'
import type { QueryOf, ResponseOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listUnits } from '../repositories/unit-pages.repository.ts'
import { listPeerGroups } from '../repositories/units.repository.ts'

/** A page of units by name. @throws validation-failed for a cursor that is not ours */
export async function listUnitPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listUnits>,
): Promise<ResponseOf<typeof routes.listUnits>> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['text', 'id'])
  const units = await listUnits(db, { ...filter, after, limit: limit + 1 })
  return toPage(units, limit, (unit) => [unit.name, unit.id])
}

/** The groups that units are ranked in. */
export const listGroups = async (db: Kysely<DB>): Promise<ResponseOf<typeof routes.listPeerGroups>> => ({
  items: await listPeerGroups(db),
})
