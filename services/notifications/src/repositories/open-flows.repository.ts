import { sql, type Transaction } from 'kysely'
import type { OpenFlow } from '../domain/order-sweep.ts'
import type { DB } from '../generated/tables.ts'

/** Parts of issued orders that wait for their unit; held. */
export async function lockOpenFlows(trx: Transaction<DB>): Promise<OpenFlow[]> {
  const { rows } = await sql<OpenFlow>`
    select f.id, f.order_id as "orderId", f.unit_id as "unitId", u.name as "unitName", o.region_code as "regionCode", o.title,
      '〔' || o.year || '〕' || o.ordinal || '号' as number, f.state, f.sign_by as "signBy", f.due_at as "dueAt",
      f.signed_at as "signedAt", f.finished_at as "finishedAt", f.reworks, f.extension, f.told_through as "toldThrough"
    from order_flows f join orders o on o.id = f.order_id left join units u on u.id = f.unit_id
    where o.state = 'issued' and f.state in ('issued', 'signed', 'handling', 'rework') order by f.id for update of f`.execute(
    trx,
  )
  return rows
}

export const markFlowsTold = async (trx: Transaction<DB>, ids: readonly string[], now: Date): Promise<void> => {
  await sql`update order_flows set told_through = ${now} where id = any(${ids}::uuid[])`.execute(trx)
}
