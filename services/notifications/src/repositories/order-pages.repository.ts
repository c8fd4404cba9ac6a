import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { OrderWithTimeline } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { type OrderRow, orderColumns, type StoredOrder, toOrder } from './orders.repository.ts'

// A unit sees the orders that it has a part in, once they are issued; everybody else those of their region.
const within = (reach: Reach) =>
  reach.unitId === null
    ? sql`o.region_code like ${`${reach.regionPrefix}%`}`
    : sql`o.state <> 'draft' and exists (select from order_flows w where w.order_id = o.id and w.unit_id = ${reach.unitId})`

/** Orders within reach, newest first, one more than the page holds. */
export async function listOrders(
  db: Kysely<DB>,
  filter: { readonly state?: string | undefined; readonly unitId?: string | undefined },
  reach: Reach,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<StoredOrder[]> {
  const { rows } = await sql<OrderRow>`
    select ${orderColumns} from orders o
    where ${within(reach)} and (${filter.state ?? null}::text is null or o.state = ${filter.state ?? null})
      and (${filter.unitId ?? null}::uuid is null or exists
        (select from order_flows w where w.order_id = o.id and w.unit_id = ${filter.unitId ?? null}))
      and (${after?.[1] ?? null}::uuid is null or (o.raised_at, o.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by o.raised_at desc, o.id desc limit ${limit + 1}`.execute(db)
  return rows.map(toOrder)
}

/** Orders of a year within reach, for counting. */
export async function listOrdersOfYear(db: Kysely<DB>, year: number, reach: Reach): Promise<StoredOrder[]> {
  const { rows } = await sql<OrderRow>`
    select ${orderColumns} from orders o where o.year = ${year} and ${within(reach)} order by o.ordinal`.execute(db)
  return rows.map(toOrder)
}

/** Everything that was done about an order, oldest first. */
export async function listOrderMoments(db: Kysely<DB>, orderId: string): Promise<OrderWithTimeline['timeline']> {
  const { rows } = await sql<{ item: OrderWithTimeline['timeline'][number] }>`
    select json_build_object('at', ${instantJson('m.at')}, 'action', m.action, 'actorName', m.actor_name, 'note', m.note,
      'unitName', (select u.name from order_flows f join units u on u.id = f.unit_id where f.id = m.flow_id)) as item
    from order_moments m where m.order_id = ${orderId} order by m.id`.execute(db)
  return rows.map(({ item }) => item)
}
