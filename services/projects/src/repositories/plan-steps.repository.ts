import type { Reach } from '@tiaodu/service'
import type { StepKind } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { StoredStep } from '../domain/push-plan.ts'
import type { DB } from '../generated/tables.ts'
import { within } from './project-filter.ts'
import { ledgerOf } from './version-ledger.ts'

export const { insertVersions: insertStepVersions, listVersions: listStepVersions } = ledgerOf('step')

const columns = sql`
  s.id, s.project_id as "projectId", s.kind, s.code, s.name, s.position, s.due_on as "dueOn", s.done_on as "doneOn",
  s.progress_percent as "progressPercent", s.unit_id as "unitId", s.person_id as "personId", s.evidence, s.note,
  s.is_needed as "isNeeded", s.told_due_on as "toldDueOn", s.version`
const order = sql`array_position(array['procedure', 'milestone', 'guarantee', 'system'], s.kind), s.position, s.id`

/** The steps of a project in their order. */
export async function listSteps(db: Kysely<DB>, projectId: string): Promise<StoredStep[]> {
  const { rows } = await sql<StoredStep>`
    select ${columns} from plan_steps s where s.project_id = ${projectId} order by ${order}`.execute(db)
  return rows
}

/** One step of a project, held until the transaction ends. */
export async function lockStep(trx: Transaction<DB>, projectId: string, id: string): Promise<StoredStep | undefined> {
  const { rows } = await sql<StoredStep>`
    select ${columns} from plan_steps s where s.id = ${id} and s.project_id = ${projectId} for update`.execute(trx)
  return rows[0]
}

/** Adds steps, or saves them over what they were. */
export async function saveSteps(trx: Transaction<DB>, steps: readonly StoredStep[]): Promise<void> {
  await sql`
    insert into plan_steps (id, project_id, kind, code, name, position, due_on, done_on, progress_percent, unit_id,
      person_id, evidence, note, is_needed, told_due_on, version)
    select id, "projectId", kind, code, name, position, "dueOn", "doneOn", "progressPercent", "unitId", "personId",
      evidence, note, "isNeeded", "toldDueOn", version
    from json_to_recordset(${JSON.stringify(steps)}::json) as s (id uuid, "projectId" uuid, kind text, code text,
      name text, position integer, "dueOn" date, "doneOn" date, "progressPercent" integer, "unitId" uuid,
      "personId" uuid, evidence text, note text, "isNeeded" boolean, "toldDueOn" date, version integer)
    on conflict (id) do update set name = excluded.name, due_on = excluded.due_on, done_on = excluded.done_on,
      progress_percent = excluded.progress_percent, unit_id = excluded.unit_id, person_id = excluded.person_id,
      evidence = excluded.evidence, note = excluded.note, is_needed = excluded.is_needed,
      told_due_on = excluded.told_due_on, version = excluded.version`.execute(trx)
}

/** A step among those of many projects. */
export interface StepAmongMany extends StoredStep {
  readonly projectName: string
  readonly regionName: string
  readonly unitName: string | null
}

interface Asked {
  readonly dueBefore: string | undefined
  readonly kind: StepKind | undefined
  readonly regionCode: string | undefined
  readonly unitId: string | undefined
  readonly after: readonly [dueOn: string, id: string] | undefined
  readonly limit: number
}

// A project that stands still or has left has nothing that could slip.
const canSlip = sql`s.is_needed and s.done_on is null and s.due_on is not null and p.stage not in ('suspended', 'withdrawn')`

/** Open steps with a due day within reach, the earliest first. */
export async function listOpenSteps(db: Kysely<DB>, asked: Asked, reach: Reach): Promise<StepAmongMany[]> {
  const { dueBefore, kind, regionCode, unitId, after, limit } = asked
  const { rows } = await sql<StepAmongMany>`
    select ${columns}, p.name as "projectName", p.region_name as "regionName", u.name as "unitName"
    from plan_steps s join projects p on p.id = s.project_id
      left join units u on u.id = coalesce(s.unit_id, p.responsible_unit_id)
    where ${canSlip} and ${within(reach)}
      ${dueBefore === undefined ? sql`` : sql` and s.due_on < ${dueBefore}::date`}
      ${kind === undefined ? sql`` : sql` and s.kind = ${kind}`}
      ${regionCode === undefined ? sql`` : sql` and p.region_code = ${regionCode}`}
      ${unitId === undefined ? sql`` : sql` and coalesce(s.unit_id, p.responsible_unit_id) = ${unitId}::uuid`}
      ${after === undefined ? sql`` : sql` and (s.due_on, s.id) > (${after[0]}::date, ${after[1]}::uuid)`}
    order by s.due_on, s.id limit ${limit}`.execute(db)
  return rows
}

/** Steps that have slipped and of which nobody has been told yet, those of a project together; held. */
export async function lockSlipped(trx: Transaction<DB>, today: string, limit: number): Promise<StoredStep[]> {
  const { rows } = await sql<StoredStep>`
    select ${columns} from plan_steps s join projects p on p.id = s.project_id
    where ${canSlip} and s.due_on < ${today}::date and s.told_due_on is null
    order by s.project_id, s.due_on, s.id limit ${limit} for update of s`.execute(trx)
  return rows
}

export async function markTold(trx: Transaction<DB>, ids: readonly string[]): Promise<void> {
  await sql`update plan_steps set told_due_on = due_on where id = any(${ids}::uuid[])`.execute(trx)
}
