import type { AlertKind, Rung } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AlertMove } from '../domain/alert-plan.ts'
import { INHIBITIONS } from '../domain/alert-rules.ts'
import type { Subject } from '../domain/sweep.ts'
import type { DB } from '../generated/tables.ts'

/** An open alert that is to be looked at. */
export interface DueAlert {
  readonly subject: Subject
  readonly rung: Rung
  readonly anchorAt: Date
  readonly endsAt: Date | null
  readonly toldThrough: Date | null
  readonly promisedOn: string | null
  readonly snoozedUntil: Date | null
  /** A greater alert of the same project is open. */
  readonly isInhibited: boolean
}

interface Row {
  id: string
  kind: AlertKind
  projectId: string
  projectName: string
  unitName: string | null
  period: string | null
  label: string | null
  dueAt: Date
  rung: Rung
  anchorAt: Date
  endsAt: Date | null
  toldThrough: Date | null
  promisedOn: string | null
  snoozedUntil: Date | null
  isInhibited: boolean
  unitId: string | null
  regionCode: string
  filerId: string | null
  leaderId: string | null
  doerId: string | null
  doerUnitId: string | null
}

const toDueAlert = (row: Row): DueAlert => ({
  ...{ rung: row.rung, anchorAt: row.anchorAt, endsAt: row.endsAt, toldThrough: row.toldThrough },
  ...{ promisedOn: row.promisedOn, snoozedUntil: row.snoozedUntil, isInhibited: row.isInhibited },
  subject: {
    ...{ id: row.id, fact: row.kind, label: row.label, period: row.period, dueAt: row.dueAt },
    ...{ projectId: row.projectId, projectName: row.projectName, unitName: row.unitName },
    responsible: {
      ...{ unitId: row.unitId, regionCode: row.regionCode, filerId: row.filerId, leaderId: row.leaderId },
      ...{ doerId: row.doerId, doerUnitId: row.doerUnitId },
    },
  },
})

const lesser = [...new Set(INHIBITIONS.map((pair) => pair.lesser))]
/** Whether a greater alert of the project is open. */
export const isInhibited = sql<boolean>`(a.kind = any(${sql.lit(`{${lesser.join(',')}}`)}::text[]) and exists (
  select from alerts g join json_to_recordset(${sql.lit(JSON.stringify(INHIBITIONS))}::json) as i (lesser text, greater text)
    on i.greater = g.kind and i.lesser = a.kind
  where g.project_id = a.project_id and g.state = 'open'))`

const columns = sql`a.id, a.kind, a.project_id as "projectId", p.name as "projectName", u.name as "unitName", a.period, a.label,
  a.due_at as "dueAt", a.rung, a.anchor_at as "anchorAt", a.ends_at as "endsAt", a.told_through as "toldThrough",
  a.promised_on::text as "promisedOn", a.snoozed_until as "snoozedUntil", ${isInhibited} as "isInhibited", p.unit_id as "unitId", p.region_code as "regionCode",
  p.filer_id as "filerId", p.leader_id as "leaderId", a.doer_id as "doerId", a.doer_unit_id as "doerUnitId"`
const joined = sql`alerts a join projects p on p.id = a.project_id left join units u on u.id = p.unit_id`

/** Open alerts that are to be looked at; held. */
export async function lockDueAlerts(trx: Transaction<DB>, now: Date): Promise<DueAlert[]> {
  const { rows } = await sql<Row>`
    select ${columns} from ${joined} where a.state = 'open' and a.next_at <= ${now} order by a.id for update of a`.execute(
    trx,
  )
  return rows.map(toDueAlert)
}

/** Open alerts that somebody is yet to be told of, the next first. */
export async function listOpenAlerts(db: Kysely<DB>, limit: number): Promise<(DueAlert & { readonly nextAt: Date })[]> {
  const { rows } = await sql<Row & { nextAt: Date }>`
    select ${columns}, a.next_at as "nextAt" from ${joined} where a.state = 'open' and a.next_at is not null
    order by a.next_at, a.id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...toDueAlert(row), nextAt: row.nextAt }))
}

const ORDER = sql`array['filer', 'head', 'leader', 'supervisor']`

/** Moves alerts on, each by the turn that it shares with others; what happened leaves its lines in their timelines. */
export async function turnAlerts(
  trx: Transaction<DB>,
  ids: readonly string[],
  turnOf: readonly number[],
  turns: readonly AlertMove[],
  now: Date,
): Promise<void> {
  const rows = turns.map(({ steps: _, ...turn }, at) => ({
    ...turn,
    at,
    rung: turn.climbs.flatMap(({ rung }) => rung ?? []).at(-1) ?? null,
  }))
  await sql`
    with turn as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as t (at int, "nextAt" timestamptz, "isInhibited" boolean,
        "isPaused" boolean, "isPromiseBroken" boolean, rung text, climbs json)
    ), due as (
      select d.id, a.is_inhibited as was_inhibited, a.snoozed_until as was_snoozed, t.*
      from unnest(${ids}::uuid[], ${turnOf}::int[]) as d (id, at) join turn t using (at) join alerts a on a.id = d.id
    ), moved as (
      update alerts a set next_at = d."nextAt", is_inhibited = d."isInhibited",
        told_through = case when d."isInhibited" or d."isPaused" then a.told_through else ${now}::timestamptz end,
        rung = case when array_position(${ORDER}, d.rung) > array_position(${ORDER}, a.rung) then d.rung else a.rung end,
        promised_on = case when d."isPromiseBroken" then null else a.promised_on end,
        snoozed_until = case when d."isInhibited" or d."isPaused" then a.snoozed_until end
      from due d where a.id = d.id
    ), happened as (
      select id, 0 as n, 'promiseBroken' as what, null as rung, null as policy_id from due where "isPromiseBroken"
      union all select id, 0, 'inhibited', null, null from due where "isInhibited" and not was_inhibited
      union all select id, 0, 'released', null, null from due where was_inhibited and not "isInhibited"
      union all select id, 0, 'woken', null, null from due where was_snoozed is not null and not "isPaused" and not "isInhibited"
      union all select d.id, c.n::int, case when c.climb ->> 'rung' is null then 'told' else 'escalated' end, c.climb ->> 'rung', c.climb ->> 'policyId'
        from due d cross join lateral json_array_elements(d.climbs) with ordinality as c (climb, n)
    )
    insert into alert_steps (alert_id, at, what, rung, policy_id)
    select id, ${now}, what, rung, policy_id from happened order by id, n`.execute(trx)
}
