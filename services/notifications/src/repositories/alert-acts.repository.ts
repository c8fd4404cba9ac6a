import { sql, type Transaction } from 'kysely'
import type { StandingAlert } from '../domain/alert-acts.ts'
import type { DB } from '../generated/tables.ts'

/** An alert while somebody does something about it, with its place; undefined when there is none. */
export async function lockAlert(
  trx: Transaction<DB>,
  id: string,
): Promise<(StandingAlert & { readonly unitId: string | null; readonly regionCode: string }) | undefined> {
  const { rows } = await sql<StandingAlert & { unitId: string | null; regionCode: string }>`
    select a.state, a.ends_at as "endsAt", p.unit_id as "unitId", p.region_code as "regionCode"
    from alerts a join projects p on p.id = a.project_id where a.id = ${id} for update of a`.execute(trx)
  return rows[0]
}

/** Keeps what somebody has promised, or why they put it off, and that nobody is chased until then. */
export async function pauseAlert(
  trx: Transaction<DB>,
  id: string,
  pause: { readonly promisedOn: string } | { readonly snoozedUntil: Date },
  nextAt: Date,
): Promise<void> {
  const change = 'promisedOn' in pause ? { promised_on: pause.promisedOn } : { snoozed_until: pause.snoozedUntil }
  await trx
    .updateTable('alerts')
    .set({ ...change, next_at: nextAt })
    .where('id', '=', id)
    .execute()
}

export async function insertMoment(
  trx: Transaction<DB>,
  moment: {
    readonly alertId: string
    readonly at: Date
    readonly what: 'acknowledged' | 'snoozed'
    readonly actorId: string | null
    readonly actorName: string
    readonly note: string
  },
): Promise<void> {
  await sql`insert into alert_steps (alert_id, at, what, actor_id, actor_name, note)
    values (${moment.alertId}, ${moment.at}, ${moment.what}, ${moment.actorId}, ${moment.actorName}, ${moment.note})`.execute(
    trx,
  )
}
