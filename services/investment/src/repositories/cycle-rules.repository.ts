import { instantJson } from '@tiaodu/database'
import type { CycleRule } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

const columns = sql`version, due_anchor as "dueAnchor", due_day as "dueDay", due_time as "dueTime",
  holiday_policy as "holidayPolicy", are_weekends_off as "areWeekendsOff",
  case when december_anchor is null then null
    else json_build_object('dueAnchor', december_anchor, 'dueDay', december_day) end as december,
  lock_after_days as "lockAfterDays", extend_at_most_days as "extendAtMostDays", reopen_at_most_days as "reopenAtMostDays", preliminary_frequency as "preliminaryFrequency", ${instantJson('at')} as at,
  actor_id as "actorId", actor_name as "actorName", reason`

/** The rule in force at an instant. */
export async function getRuleAt(db: Kysely<DB>, instant: Date): Promise<CycleRule> {
  const { rows } = await sql<CycleRule>`
    select ${columns} from cycle_rules where at <= ${instant} order by version desc limit 1`.execute(db)
  if (rows[0] === undefined) throw new Error(`No cycle rule is in force at ${instant.toISOString()}`)
  return rows[0]
}

/** Makes two changes of the rule wait for each other. @returns its newest version */
export async function lockRule(trx: Transaction<DB>): Promise<CycleRule> {
  await sql`select pg_advisory_xact_lock(hashtext('cycle-rules'))`.execute(trx)
  const { rows } = await sql<CycleRule>`select ${columns} from cycle_rules order by version desc limit 1`.execute(trx)
  if (rows[0] === undefined) throw new Error('There is no cycle rule')
  return rows[0]
}

/** Versions newest first, before one when it is given. */
export async function listRules(db: Kysely<DB>, before: number | null, limit: number): Promise<CycleRule[]> {
  const { rows } = await sql<CycleRule>`
    select ${columns} from cycle_rules where ${before}::int is null or version < ${before}
    order by version desc limit ${limit}`.execute(db)
  return rows
}

export const insertRule = async (trx: Transaction<DB>, rule: CycleRule): Promise<void> => {
  await trx
    .insertInto('cycle_rules')
    .values({
      version: rule.version,
      due_anchor: rule.dueAnchor,
      due_day: rule.dueDay,
      due_time: rule.dueTime,
      holiday_policy: rule.holidayPolicy,
      are_weekends_off: rule.areWeekendsOff,
      december_anchor: rule.december?.dueAnchor ?? null,
      december_day: rule.december?.dueDay ?? null,
      lock_after_days: rule.lockAfterDays,
      extend_at_most_days: rule.extendAtMostDays,
      reopen_at_most_days: rule.reopenAtMostDays,
      preliminary_frequency: rule.preliminaryFrequency,
      at: rule.at,
      actor_id: rule.actorId,
      actor_name: rule.actorName,
      reason: rule.reason,
    })
    .execute()
}
