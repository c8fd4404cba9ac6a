import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import type { QueryOf, Relief, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listReliefs } from '../repositories/reliefs.repository.ts'
import { toReliefView } from './change-relief.ts'

/** A page of reliefs within reach, newest first. */
export async function listReliefPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listReliefs>,
  reach: Reach,
): Promise<{ items: Relief[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['instant', 'id', 'text', 'count'])
  const found = await listReliefs(db, filter, reach, { after, limit })
  return toPage(found.map(toReliefView), limit, ({ askedAt, projectId, period, number }) => [
    askedAt,
    projectId,
    period,
    String(number),
  ])
}
