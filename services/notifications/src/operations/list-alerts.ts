import type { Reach } from '@tiaodu/service'
import { fromCursor, toPage } from '@tiaodu/service'
import type { QueryOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { countOpenAlerts, listAlerts } from '../repositories/alert-pages.repository.ts'

/** A page of alerts within reach as JSON text, with the count of all open ones. */
export async function listAlertPage(
  db: Kysely<DB>,
  { cursor, limit = 20, state, period }: QueryOf<typeof routes.listAlerts>,
  reach: Reach,
): Promise<{ json: string }> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['instant', 'id']), limit }
  const rows = await listAlerts(db, { state, period }, reach, span)
  const page = toPage(rows, limit, (row) => [row.openedAt, row.id])
  return { json: JSON.stringify({ ...page, openCount: await countOpenAlerts(db, reach) }) }
}
