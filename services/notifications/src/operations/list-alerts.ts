import type { Reach } from '@tiaodu/service'
import { fromCursor, toPage } from '@tiaodu/service'
import type { Alert, QueryOf, ResponseOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { countOpenAlerts, findAlert, listAlertGroups, listAlerts } from '../repositories/alert-pages.repository.ts'
import { requireAlert } from './act-on-alert.ts'

/** A page of alerts within reach, with the count of the open ones that the filter lets through. */
export async function listAlertPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listAlerts>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listAlerts>> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['instant', 'id']), limit }
  const page = toPage(await listAlerts(db, filter, reach, span), limit, (row) => [row.openedAt, row.id])
  return { ...page, openCount: await countOpenAlerts(db, filter, reach) }
}

/** One alert within reach. @throws not-found, outside-scope */
export const getAlert = async (db: Kysely<DB>, id: string, reach: Reach): Promise<Alert> =>
  requireAlert(await findAlert(db, id), reach)

/** Open alerts within reach by unit or by filer. */
export const groupAlerts = async (
  db: Kysely<DB>,
  { by }: QueryOf<typeof routes.listAlertGroups>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listAlertGroups>> => ({ items: await listAlertGroups(db, by, reach) })
