import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { Alert, AlertGroup } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { isInhibited } from './due-alerts.repository.ts'

const within = (reach: Reach) =>
  sql`p.region_code like ${`${reach.regionPrefix}%`} and (${reach.unitId}::uuid is null or p.unit_id = ${reach.unitId})`

const alertJson = sql`json_build_object('id', a.id, 'kind', a.kind, 'label', a.label, 'projectId', a.project_id, 'projectName', p.name,
  'regionCode', p.region_code, 'unitId', p.unit_id, 'unitName', u.name, 'period', a.period,
  'dueAt', ${instantJson('a.due_at')}, 'state', a.state, 'rung', a.rung, 'openedAt', ${instantJson('a.opened_at')},
  'closedAt', ${instantJson('a.closed_at')}, 'promisedOn', a.promised_on, 'snoozedUntil', ${instantJson('a.snoozed_until')},
  'isInhibited', a.state = 'open' and ${isInhibited},
  'timeline', (select coalesce(json_agg(json_build_object('at', ${instantJson('s.at')}, 'what', s.what, 'rung', s.rung,
    'policyId', s.policy_id, 'actorName', s.actor_name, 'note', s.note) order by s.id), '[]'::json)
    from alert_steps s where s.alert_id = a.id))`
const joined = sql`alerts a join projects p on p.id = a.project_id left join units u on u.id = p.unit_id`

/** What a list of alerts is narrowed by. */
export interface AlertFilter {
  readonly state?: string | undefined
  readonly period?: string | undefined
  readonly kind?: string | undefined
  readonly unitId?: string | undefined
  readonly filerId?: string | undefined
}

const is = (column: string, value: string | undefined) =>
  value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}`

const matches = ({ period, kind, unitId, filerId }: AlertFilter) =>
  sql`${is('a.period', period)} and ${is('a.kind', kind)} and ${is('p.unit_id', unitId)} and ${is('p.filer_id', filerId)}`

/** Alerts within reach as JSON rows, newest first, one more than the page holds. */
export async function listAlerts(
  db: Kysely<DB>,
  filter: AlertFilter,
  reach: Reach,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<Alert[]> {
  const { rows } = await sql<{ item: Alert }>`
    select ${alertJson} as item from ${joined}
    where ${within(reach)} and ${is('a.state', filter.state)} and ${matches(filter)}
      and (${after?.[1] ?? null}::uuid is null or (a.opened_at, a.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by a.opened_at desc, a.id desc limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}

/** One alert; undefined when there is none. */
export async function findAlert(db: Kysely<DB>, id: string): Promise<Alert | undefined> {
  const { rows } = await sql<{ item: Alert }>`select ${alertJson} as item from ${joined} where a.id = ${id}`.execute(db)
  return rows[0]?.item
}

/** How many are open of those that a filter lets through, whatever state it asks for. */
export async function countOpenAlerts(db: Kysely<DB>, filter: AlertFilter, reach: Reach): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from alerts a join projects p on p.id = a.project_id
    where a.state = 'open' and ${within(reach)} and ${matches(filter)}`.execute(db)
  return rows[0]?.count ?? 0
}

const MOST_GROUPS = 200
const RUNGS_BY_ORDER = sql`array['filer', 'head', 'leader', 'supervisor']`

/** Open alerts within reach by unit or by the filer of the project, the most first. */
export async function listAlertGroups(db: Kysely<DB>, by: 'unit' | 'filer', reach: Reach): Promise<AlertGroup[]> {
  const [key, name] = by === 'unit' ? [sql`p.unit_id`, sql`u.name`] : [sql`p.filer_id`, sql`f.name`]
  const { rows } = await sql<{ item: AlertGroup }>`
    select json_build_object('key', ${key}, 'name', ${name}, 'openCount', count(*),
      'promised', count(*) filter (where a.promised_on is not null), 'snoozed', count(*) filter (where a.snoozed_until is not null),
      'inhibited', count(*) filter (where ${isInhibited}),
      'rung', (${RUNGS_BY_ORDER})[max(array_position(${RUNGS_BY_ORDER}, a.rung))]) as item
    from ${joined} left join people f on f.id = p.filer_id
    where a.state = 'open' and ${within(reach)}
    group by ${key}, ${name} order by count(*) desc, ${key} limit ${sql.lit(MOST_GROUPS)}`.execute(db)
  return rows.map(({ item }) => item)
}
