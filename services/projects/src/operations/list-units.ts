import { fromCursor, toPage } from '@tiaodu/service'
import type { QueryOf, ResponseOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listUnits } from '../repositories/units.repository.ts'

const UUID_NIL = '00000000-0000-0000-0000-000000000000'

/** A page of units by name. @throws validation-failed for a cursor that is not ours */
export async function listUnitPage(
  db: Kysely<DB>,
  { cursor, limit = 20, regionCode }: QueryOf<typeof routes.listUnits>,
): Promise<ResponseOf<typeof routes.listUnits>> {
  const [name = '', id = UUID_NIL] = cursor === undefined ? [] : fromCursor(cursor, ['text', 'id'])
  const units = await listUnits(db, {
    regionCode,
    after: cursor === undefined ? undefined : [name, id],
    limit: limit + 1,
  })
  return toPage(units, limit, (unit) => [unit.name, unit.id])
}
