import type { Database } from '@tiaodu/database'
import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type RawBuilder, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { timelinessOf } from './obligations.repository.ts'

/** The projects `p` within reach. */
export const within = (reach: Reach) =>
  sql`p.region_code like ${`${reach.regionPrefix}%`} and (${reach.unitId}::uuid is null or p.unit_id = ${reach.unitId})`

/** All conditions that there are. */
export const all = (conditions: (RawBuilder<unknown> | undefined)[]) =>
  sql.join(
    conditions.filter((condition) => condition !== undefined),
    sql` and `,
  )

/** Where a page begins and how long it is. */
export interface PageSpan {
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** The obligations of a period within reach as JSON rows, one more than the page holds. */
export async function listObligations(
  { kysely }: Database<DB>,
  filter: { period: string; late?: boolean | undefined } & Partial<
    Record<'state' | 'timeliness' | 'unitId', string | undefined>
  >,
  reach: Reach,
  { after, limit }: PageSpan,
  now: Date,
): Promise<{ id: string; projectId: string }[]> {
  const isLate = sql`coalesce(o.first_submitted_at, ${now}::timestamptz) > o.due_at`
  const timeliness = timelinessOf(sql`${now}::timestamptz`)
  const { rows } = await sql<{ item: { id: string; projectId: string } }>`
    select json_build_object('id', o.id, 'projectId', o.project_id, 'projectName', p.name, 'regionCode', p.region_code,
      'unitId', p.unit_id, 'unitName', u.name, 'period', o.period, 'dueAt', ${instantJson('o.due_at')},
      'lockAt', ${instantJson('k.lock_at')}, 'isExtended', o.due_at > c.due_at, 'excuse', o.excuse,
      'reportState', coalesce(r.state, 'expected'),
      'submittedAt', ${instantJson('r.submitted_at')}, 'timeliness', ${timeliness}, 'isLate', ${isLate}) as item
    from obligations o
    join cycles c on c.period = o.period
    cross join lateral (select greatest(o.lock_at, o.reopened_until) as lock_at) k
    join projects p on p.id = o.project_id
    left join units u on u.id = p.unit_id
    left join monthly_reports r on r.project_id = o.project_id and r.period = o.period
    where ${all([
      sql`o.period = ${filter.period}`,
      within(reach),
      filter.state === undefined ? undefined : sql`coalesce(r.state, 'expected') = ${filter.state}`,
      filter.late === undefined ? undefined : sql`(${isLate}) = ${filter.late}`,
      filter.timeliness === undefined ? undefined : sql`${timeliness} = ${filter.timeliness}`,
      filter.unitId === undefined ? undefined : sql`p.unit_id = ${filter.unitId}`,
      after === undefined ? undefined : sql`o.id > ${after[0]}::uuid`,
    ])}
    order by o.id limit ${sql.lit(limit + 1)}`.execute(kysely)
  return rows.map(({ item }) => item)
}

/** Whose queue is asked for. */
export interface QueueOf {
  readonly personId: string | null
  readonly grade: string
  readonly unitId: string | null
}

// Grades from below; which of them stand above a project is told by its code, as in the domain.
const GRADES = sql`array['county', 'city', 'province', 'nation']`
const gradeOfProject = sql`case when p.region_code = '100000' then 'nation' when p.region_code like '%0000' then 'province'
  when p.region_code like '%00' then 'city' else 'county' end`

// The level that a filed report waits for, of those that its project has where it stands now: one that it has no more,
// since it has moved, gives way to the next. Where the rule has none for it, another stands in.
const awaitedLevel = sql`(
  select coalesce(
    (array_agg(l.level) filter (where l.level ->> 'reviewer' = r.awaits))[1],
    (array_agg(l.level order by l.place))[least(coalesce(cardinality(r.passed_by), 0) + 1, count(*)::int)],
    '{"reviewer": "any", "name": "审核"}')
  from jsonb_array_elements((
    select f.content -> 'levels' from formulas f where f.subject = 'review' and f.from_period <= r.period
    order by f.version desc limit 1)) with ordinality as l (level, place)
  where l.level ->> 'reviewer' = 'any' or l.level ->> 'reviewer' = 'unit' and u.parent_id is not null
    or array_position(${GRADES}, l.level ->> 'reviewer') >= array_position(${GRADES}, ${gradeOfProject})
)`

/** Filed reports that wait for the level of a reviewer who has neither filed them nor passed them before. */
const awaiting = (reviewer: QueueOf | null) =>
  reviewer === null
    ? sql`false`
    : sql`r.state = 'submitted' and (${awaitedLevel} ->> 'reviewer' in ('any', ${reviewer.grade})
        or ${awaitedLevel} ->> 'reviewer' = 'unit' and u.parent_id = ${reviewer.unitId}::uuid)
      and r.submitted_by is distinct from ${reviewer.personId}::uuid
      and not coalesce(${reviewer.personId}::uuid = any(r.passed_by), false)`

/** Saved reports within reach as JSON rows, newest period first, one more than the page holds. */
export async function listReports(
  { kysely }: Database<DB>,
  filter: Partial<Record<'period' | 'status' | 'unitId' | 'projectId', string | undefined>> & {
    readonly reviewer: QueueOf | null | undefined
  },
  reach: Reach,
  { after, limit }: PageSpan,
): Promise<{ projectId: string; period: string }[]> {
  const { rows } = await sql<{ item: { projectId: string; period: string } }>`
    select json_build_object('projectId', r.project_id, 'projectName', p.name, 'regionCode', p.region_code,
      'unitId', p.unit_id, 'unitName', u.name, 'period', r.period, 'state', r.state, 'version', r.version,
      'completedYuan', r.completed_yuan, 'visualProgress', r.visual_progress, 'submittedAt', ${instantJson('r.submitted_at')},
      'isLate', coalesce(o.first_submitted_at > o.due_at, false), 'awaits', case when r.state = 'submitted' then ${awaitedLevel} end,
      'approvedAt', ${instantJson('r.approved_at')}, 'isSimulated', r.is_simulated) as item
    from monthly_reports r join projects p on p.id = r.project_id left join units u on u.id = p.unit_id
    left join obligations o on o.project_id = r.project_id and o.period = r.period
    where ${all([
      within(reach),
      filter.period === undefined ? undefined : sql`r.period = ${filter.period}`,
      filter.status === undefined ? undefined : sql`r.state = ${filter.status}`,
      filter.unitId === undefined ? undefined : sql`p.unit_id = ${filter.unitId}`,
      filter.projectId === undefined ? undefined : sql`r.project_id = ${filter.projectId}`,
      filter.reviewer === undefined ? undefined : awaiting(filter.reviewer),
      after === undefined ? undefined : sql`(r.period, r.project_id) < (${after[0]}, ${after[1]}::uuid)`,
    ])}
    order by r.period desc, r.project_id desc limit ${sql.lit(limit + 1)}`.execute(kysely)
  return rows.map(({ item }) => item)
}
