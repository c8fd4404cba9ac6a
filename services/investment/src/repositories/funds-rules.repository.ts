import type { FundsRule } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import type { MoveBy } from './difficulties.repository.ts'

/** The rule in force. */
export async function getFundsRule(db: Kysely<DB>): Promise<FundsRule> {
  const { rows } = await sql<FundsRule>`
    select far_above_percent as "farAbovePercent", least_gap_yuan as "leastGapYuan", version
    from funds_rules order by version desc limit 1`.execute(db)
  return rows[0] as FundsRule
}

/** Makes two who set a rule or a target wait for each other. */
export const lockFundsRules = async (trx: Transaction<DB>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('funds rules'))`.execute(trx)
}

export async function insertFundsRule(
  trx: Transaction<DB>,
  { version, farAbovePercent, leastGapYuan }: FundsRule,
  reason: string,
  { actorId, actorName, now }: MoveBy,
): Promise<void> {
  await sql`
    insert into funds_rules values (${version}, ${farAbovePercent}, ${leastGapYuan}, ${reason}, ${now}, ${actorId},
      ${actorName})`.execute(trx)
}
