import { type RankedKind, yearOf } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { ComparedProject } from '../domain/comparisons.ts'
import type { DB } from '../generated/tables.ts'

/** What a region or unit filed in a year so far. */
export interface FiledInYear {
  readonly key: string
  readonly expected: number
  readonly onTime: number
}

/** Expected and in time, 考核类 only, over the months of the year up to a period. */
export async function listFiledInYear(db: Kysely<DB>, period: string, of: RankedKind): Promise<FiledInYear[]> {
  const { rows } = await sql<FiledInYear>`
    select key, sum(assessed_expected)::int as expected, sum(assessed_on_time)::int as "onTime" from cells
    where dimension = ${of} and period <= ${period} and period >= ${`${yearOf(period)}-01`} group by key`.execute(db)
  return rows
}

// Days are those of Shanghai, as everywhere.
const dayOf = (at: string) => sql.raw(`(${at} at time zone 'Asia/Shanghai')::date`)

/** 考核类 projects of a month with the stages they came to, and the difficulties and slips that fell due in the year. */
export async function listComparedProjects(
  db: Kysely<DB>,
  { period, of, fromOn, toOn }: { period: string; of: RankedKind; fromOn: string; toOn: string },
): Promise<ComparedProject[]> {
  const key = of === 'region' ? sql`s.region_code` : sql`coalesce(s.unit_id::text, '')`
  const { rows } = await sql<ComparedProject>`
    with entries as (
      select project_id, json_agg(json_build_object('stage', stage, 'enteredOn', entered_on) order by entered_on, id) as list
      from stage_entries group by project_id
    ), difficulties as (
      select project_id, count(*)::int as due,
        count(*) filter (where resolved_at is not null and ${dayOf('resolved_at')} <= due_on)::int as in_time
      from difficulties where due_on between ${fromOn} and ${toOn} group by project_id
    ), slips as (
      select l.project_id, count(*)::int as told, count(*) filter (where exists (
        select from step_settlements e
        where e.step_id = l.step_id and e.at >= l.told_at and ${dayOf('e.at')} <= ${toOn}))::int as settled
      from step_slips l where l.kind = 'procedure' and l.due_on between ${fromOn} and ${toOn}
        and ${dayOf('l.told_at')} <= ${toOn} group by l.project_id
    )
    select ${key} as key, s.total_investment_yuan as "totalInvestmentYuan", s.year_yuan as "yearYuan",
      s.scheduled_twelfths as "scheduledTwelfths", s.is_start_due as "isStartDue", s.is_started as "isStarted",
      s.is_statistics_due as "hasStarted", coalesce(e.list, '[]') as entries,
      coalesce(d.due, 0) as "difficultiesDue", coalesce(d.in_time, 0) as "difficultiesInTime",
      coalesce(l.told, 0) as slips, coalesce(l.settled, 0) as "slipsSettled"
    from standings s left join entries e on e.project_id = s.project_id
    left join difficulties d on d.project_id = s.project_id left join slips l on l.project_id = s.project_id
    where s.period = ${period} and s.is_assessed`.execute(db)
  return rows
}
