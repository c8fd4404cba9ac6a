import type { EventPayload, Rung } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'

type SlippedStep = EventPayload<'steps.slipped.v1'>['steps'][number]

/** Opens the alerts of steps, or opens them again; each was due until the end of its due day in Shanghai. */
export async function openSlips(
  trx: Transaction<DB>,
  { projectId, steps, rung }: { projectId: string; steps: readonly SlippedStep[]; rung: Rung },
  now: Date,
): Promise<void> {
  const rows = steps.map(({ stepId, name, dueOn }) => ({ id: uuidv7(), stepId, name, dueOn }))
  await sql`
    with slipped as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as s (id uuid, "stepId" uuid, name text, "dueOn" date)
    ), before as (
      select a.id from alerts a join slipped s on s."stepId" = a.step_id
    ), saved as (
      insert into alerts as old (id, step_id, step_name, project_id, due_at, state, rung, opened_at)
      select id, "stepId", name, ${projectId}, ("dueOn"::timestamp + time '23:59:59') at time zone 'Asia/Shanghai', 'open', ${rung}, ${now}
      from slipped
      on conflict (step_id) do update set state = 'open', closed_at = null, step_name = excluded.step_name,
        due_at = excluded.due_at
      returning id
    )
    insert into alert_steps (alert_id, at, what, rung)
    select id, ${now}, case when id in (select id from before) then 'reopened' else 'opened' end, ${rung} from saved`.execute(
    trx,
  )
}

/** Closes the alert of a step. */
export async function closeSlip(trx: Transaction<DB>, stepId: string, at: Date): Promise<void> {
  await sql`
    with closed as (
      update alerts set state = 'closed', closed_at = ${at} where step_id = ${stepId} and state = 'open' returning id
    )
    insert into alert_steps (alert_id, at, what, rung) select id, ${at}, 'closed', null from closed`.execute(trx)
}
