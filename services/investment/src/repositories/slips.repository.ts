import type { EventPayload } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Keeps that steps of a project have slipped, as often as it is told. */
export async function saveSlips(
  db: Kysely<DB>,
  { projectId, steps }: EventPayload<'steps.slipped.v1'>,
  toldAt: string,
): Promise<void> {
  await sql`
    insert into step_slips (step_id, told_at, due_on, project_id, kind, name)
    select "stepId", ${toldAt}, "dueOn", ${projectId}, kind, name
    from json_to_recordset(${JSON.stringify(steps)}::json) as s ("stepId" uuid, "dueOn" date, kind text, name text)
    on conflict do nothing`.execute(db)
}

/** Keeps that a step which had slipped is settled. */
export const saveSettlement = async (
  db: Kysely<DB>,
  { stepId, settledAt }: EventPayload<'step.settled.v1'>,
): Promise<void> => {
  await sql`insert into step_settlements values (${stepId}, ${settledAt}) on conflict do nothing`.execute(db)
}

/** The instant at which a month ends in Shanghai. */
export const monthEnd = (period: RawBuilder<unknown>) =>
  sql`((${period} || '-01')::date + interval '1 month') at time zone 'Asia/Shanghai'`

/**
 * The 前期手续 of a project that were past their due day at an instant, as JSON, each by what was told of it last before
 * another instant: what comes later changes no locked month.
 */
export const slipsOf = (
  projectId: RawBuilder<unknown>,
  { endAt, beforeAt }: { readonly endAt: RawBuilder<unknown>; readonly beforeAt: RawBuilder<unknown> },
) => sql`
  (select coalesce(json_agg(json_build_object('name', k.name, 'dueOn', k.due_on) order by k.due_on, k.step_id), '[]') from (
    select distinct on (k.step_id) k.* from step_slips k
    where k.project_id = ${projectId} and k.kind = 'procedure' and k.told_at < ${beforeAt}
      and k.due_on < (${endAt} at time zone 'Asia/Shanghai')::date
    order by k.step_id, k.told_at desc
  ) k where not exists (
    select from step_settlements e where e.step_id = k.step_id and e.at >= k.told_at and e.at < ${endAt}
  ))`
