import { instantJson } from '@tiaodu/database'
import type { OrderRule } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** How long orders may take, as it is now. */
export async function getOrderRule(db: Kysely<DB>): Promise<OrderRule> {
  const { rows } = await sql<{ item: OrderRule }>`
    select content || jsonb_build_object('version', version, 'at', ${instantJson('at')}, 'actorName', actor_name, 'reason', reason) as item
    from order_rules order by version desc limit 1`.execute(db)
  return rows[0]?.item as OrderRule
}

/** Makes two who set the rule, or who number an order, wait for each other. */
export const lockOrders = async (trx: Transaction<DB>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('notifications-orders'))`.execute(trx)
}

export async function insertOrderRule(
  trx: Transaction<DB>,
  { version, at, actorName, reason, ...content }: OrderRule,
): Promise<void> {
  await sql`insert into order_rules values (${version}, ${JSON.stringify(content)}::jsonb, ${at}, ${actorName}, ${reason})`.execute(
    trx,
  )
}
