import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { LIGHT_RULE } from './formulas.repository.ts'
import { isMissed } from './obligations.repository.ts'
import type { Difference } from './reconciliation.repository.ts'
import { monthEnd, slipsOf } from './slips.repository.ts'

// Marked ones are about to be made anew.
const unmarked = sql`not exists (select from rollup_marks k where k.project_id = s.project_id)`

const monthsOf = (month: string) => sql.raw(`(left(${month}, 4)::int * 12 + substr(${month}, 6, 2)::int)`)

const missed = sql`
  select s.project_id, s.period, 'missedReports' as figure, s.missed_reports::text as kept, t.missed::text as told
  from standings s
  join (
    select project_id from obligations where first_submitted_at is null and is_overdue_noted
    union select project_id from standings where missed_reports > 0
  ) c using (project_id)
  cross join lateral (
    select count(*) as missed from obligations m
    where m.project_id = s.project_id and m.period <= s.period and m.is_overdue_noted and ${isMissed}
      and m.period > coalesce((select max(f.period) from obligations f where f.project_id = s.project_id
        and f.period <= s.period and f.first_submitted_at is not null), '')
  ) t where s.missed_reports <> t.missed`

// Of all places at once: which one held when a month was locked.
const lateStarts = sql`
  select s.project_id, s.period, 'lateStartMonths', s.late_start_months::text, coalesce(t.months, 0)::text
  from standings s left join (
    select c.period, l.project_id, ${monthsOf('c.period')} - ${monthsOf('l.planned_start_on::text')} as months
    from cycles c join (
      select *, lead(at) over (partition by project_id order by ordinal) as next_at from project_places
    ) l on (l.at < c.lock_at or l.ordinal = 1) and (l.next_at is null or l.next_at >= c.lock_at)
    where left(l.planned_start_on::text, 7) < c.period and case when l.actual_start_on is null
      then l.stage in ('planning', 'reserve', 'signed', 'preliminary')
      else left(l.actual_start_on::text, 7) > c.period and l.stage <> 'suspended' end
  ) t using (project_id, period)
  where s.late_start_months <> coalesce(t.months, 0)`

const slips = sql`
  select s.project_id, s.period, 'slippedProcedures', concat_ws(' for ', s.slipped_procedures, s.slipped_months),
    concat_ws(' for ', t.slipped, t.months)
  from standings s join cycles c using (period)
  join (
    select project_id from step_slips union select project_id from standings where slipped_procedures > 0
  ) concerned using (project_id)
  cross join lateral (
    select count(*) as slipped, coalesce(max(${monthsOf('s.period')} - ${monthsOf('"dueOn"')}), 0) as months
    from json_to_recordset(${slipsOf(sql`s.project_id`, { endAt: monthEnd(sql`c.period`), beforeAt: sql`c.lock_at` })})
      as k ("dueOn" text)
  ) t where (s.slipped_procedures, s.slipped_months) <> (t.slipped, t.months)`

const declared = sql`
  select s.project_id, s.period, 'declaredLight', s.declared_light, d.light
  from standings s left join (
    select distinct on (project_id, period) * from declared_lights order by project_id, period, version desc
  ) d using (project_id, period) where s.declared_light is distinct from d.light`

const exempt = sql`
  select s.project_id, s.period, 'isExempt', s.is_exempt::text, (e.project_id is not null)::text
  from standings s left join (
    select e.project_id, c.period from light_exemptions e join cycles c on c.period between e.from_period and e.until_period
    where e.state <> 'withdrawn'
  ) e using (project_id, period) where s.is_exempt <> (e.project_id is not null)`

/** Where what a light is judged by is not what obligations, dates, procedures, declarations and exemptions say. */
export async function listFactDifferences(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    select 'standing' as of, s.project_id || ' ' || s.period as key, s.figure, s.kept as "rolledUp", s.told as summed
    from (${sql.join([missed, lateStarts, slips, declared, exempt], sql` union all `)}) s where ${unmarked}`.execute(db)
  return rows
}

// In hundredths of a percent, half up.
const hundredths = (of: string, whole: string) =>
  sql.raw(`(sign(${of})::bigint * ((20000 * abs(${of}) + ${whole}) / (2 * ${whole})))`)

const part = (name: string) =>
  sql.raw(
    `(content -> '${name}' ->> 'yellowMonths')::int as ${name}_yellow, (content -> '${name}' ->> 'redMonths')::int as ${name}_red`,
  )

const worstOf = (name: string, months: string, isThere: string) =>
  sql.raw(`case when ${name}_yellow is null or not ${isThere} then null when ${months} >= ${name}_red then 2
    when ${months} >= ${name}_yellow then 1 else 0 end`)

/** Where a light, or its mismatch, is not what the kept figures make by the rule of the month. */
export async function listLightDifferences(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with rules as (
      select c.period, 100 * (content -> 'behind' ->> 'yellowPoints')::int as behind_yellow,
        100 * (content -> 'behind' ->> 'redPoints')::int as behind_red, ${part('start')}, ${part('reports')}, ${part('procedures')}
      from cycles c cross join lateral (
        select content from formulas where subject = ${LIGHT_RULE} and from_period <= c.period order by version desc limit 1
      ) f
    ), judged as (
      select s.project_id, s.period, s.light, s.declared_light, s.is_mismatched, (array['green', 'yellow', 'red'])[1 + greatest(
        case when b.behind is null then null when b.behind > behind_red then 2 when b.behind > behind_yellow then 1 else 0 end,
        ${worstOf('start', 's.late_start_months', 's.late_start_months > 0')},
        ${worstOf('reports', 's.missed_reports', 's.missed_reports > 0')},
        ${worstOf('procedures', 's.slipped_months', 's.slipped_procedures > 0')}
      )] as told
      from standings s join rules using (period)
      cross join lateral (
        select case when s.planned_yuan > 0 then ${hundredths('s.scheduled_twelfths', '(12 * s.planned_yuan)')}
          - ${hundredths('s.year_yuan', 's.planned_yuan')} end as behind
      ) b
    )
    select 'standing' as of, s.project_id || ' ' || s.period as key, f.figure, f.kept as "rolledUp", f.told as summed
    from judged s cross join lateral (
      values ('light', s.light, s.told),
        ('isMismatched', s.is_mismatched::text, coalesce(s.told <> s.declared_light, false)::text)
    ) as f (figure, kept, told)
    where (s.light is distinct from s.told or s.is_mismatched <> coalesce(s.told <> s.declared_light, false))
      and f.kept is distinct from f.told and ${unmarked}`.execute(db)
  return rows
}
