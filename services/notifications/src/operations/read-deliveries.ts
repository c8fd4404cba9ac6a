import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import { type Delivery, type QueryOf, type ResponseOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findDelivery, listDeliveries } from '../repositories/delivery-pages.repository.ts'

/** A page of deliveries within reach, newest first. */
export async function listDeliveryPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listDeliveries>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listDeliveries>> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['id']), limit }
  return toPage(await listDeliveries(db, filter, reach, span), limit, ({ id }) => [id])
}

/** One delivery within reach. @throws not-found */
export async function getDelivery(db: Kysely<DB>, id: string, reach: Reach): Promise<Delivery> {
  const delivery = await findDelivery(db, id, reach)
  if (delivery === undefined)
    throw refuse('not-found', 'id', { zh: '没有这条发送记录', en: 'There is no such delivery' })
  return delivery
}
