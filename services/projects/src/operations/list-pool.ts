import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import { type QueryOf, RESERVE_STATE_CODES, type ReserveEntry, type ResponseOf, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { countEntries, listEntries, listEntriesOfProject } from '../repositories/reserve-pool.repository.ts'

/** A page of where projects stand in the pool of a year, entered last first. @throws validation-failed for a cursor that is not ours */
export async function listPoolPage(
  db: Kysely<DB>,
  year: number,
  { cursor, limit = 20, state }: QueryOf<typeof routes.listReserveEntries>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listReserveEntries>> {
  const before = cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0]
  const entries = await listEntries(db, { year, state, before, limit: limit + 1 }, reach)
  const { items, nextCursor } = toPage(entries, limit, ({ id }) => [id])
  return { items: items.map(({ id: _id, ...entry }) => entry), nextCursor }
}

/** How many projects stand where in the pool of a year, every state told. */
export async function countPool(
  db: Kysely<DB>,
  year: number,
  reach: Reach,
): Promise<ResponseOf<typeof routes.countReserveEntries>> {
  const counts = new Map((await countEntries(db, year, reach)).map(({ state, count }) => [state, count]))
  return { year, byState: RESERVE_STATE_CODES.map((state) => ({ state, count: counts.get(state) ?? 0 })) }
}

/** Every step of a project in the pools. */
export const listPoolOfProject = async (db: Kysely<DB>, projectId: string): Promise<{ items: ReserveEntry[] }> => ({
  items: await listEntriesOfProject(db, projectId),
})
