import type { Tier } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { Standing, StandingFacts } from '../domain/standing.ts'
import type { DB } from '../generated/tables.ts'
import { figureColumns, figuresOf, spread } from './cells.repository.ts'
import type { Mark } from './marks.repository.ts'
import { isMissed, timelinessOf } from './obligations.repository.ts'
import { monthEnd, slipsOf } from './slips.repository.ts'

interface Row extends Omit<StandingFacts, 'plan' | 'completedByMonth'> {
  tiers: Tier[]
  plannedYuan: number
  monthlyTargetsYuan: number[] | null
  completedByMonth: number[] | null
}

// With a limit PostgreSQL looks each one up by its key, in its partition alone; joined, it read all months of a project.
const inMonth = (table: 'obligations' | 'monthly_reports') =>
  sql`(select * from ${sql.table(table)} i where i.project_id = p.id and i.period = c.period limit 1)`

/**
 * What is known of marked projects in each cycle from the marked period on. A month keeps the place and the plan that
 * were in force when it was locked; the first ones hold from the beginning.
 */
export async function listFacts(trx: Transaction<DB>, marks: readonly Mark[], now: Date): Promise<StandingFacts[]> {
  const timeliness = timelinessOf(sql`${now}::timestamptz`)
  const { rows } = await sql<Row>`
    select c.period, p.id as "projectId", not place.is_withdrawn as "isCounted", place.region_code as "regionCode",
      place.region_name as "regionName", place.unit_id as "unitId", place.category, to_json(place.tiers) as tiers,
      place.is_assessed as "isAssessed", place.stage, place.total_investment_yuan as "totalInvestmentYuan",
      place.planned_start_on as "plannedStartOn", place.actual_start_on as "actualStartOn",
      place.planned_completion_on as "plannedCompletionOn", place.actual_completion_on as "actualCompletionOn",
      place.statistical_entry_on as "statisticalEntryOn",
      coalesce(plan.planned_yuan, 0) as "plannedYuan",
      to_json(plan.monthly_targets_yuan) as "monthlyTargetsYuan",
      to_json(y.completed_by_month) as "completedByMonth",
      o.id is not null as "isExpected",
      coalesce(r.state in ('submitted', 'approved'), false) as "isFiled",
      coalesce(${timeliness} = 'onTime', false) as "isOnTime", coalesce(${timeliness} = 'excused', false) as "isExcused",
      coalesce(${timeliness} = 'late', false) as "isLate", coalesce(${timeliness} = 'missing', false) as "isMissing",
      case when o.first_submitted_at is not null then 0 else (
        select count(*) from obligations m
        where m.project_id = p.id and m.period <= c.period and m.due_at <= ${now} and ${isMissed}
          and m.period > coalesce((select max(f.period) from obligations f
            where f.project_id = p.id and f.period <= c.period and f.first_submitted_at is not null), '')
      ) end::int as "missedReports",
      ${slipsOf(sql`p.id`, { endAt: sql`c.end_at`, beforeAt: sql`c.lock_at` })} as slips,
      (select d.light from declared_lights d where d.project_id = p.id and d.period = c.period
        order by d.version desc limit 1) as "declaredLight",
      exists (select from light_exemptions e where e.project_id = p.id and e.state <> 'withdrawn'
        and c.period between e.from_period and e.until_period) as "isExempt",
      coalesce(y.is_simulated, false) as "isSimulated"
    from json_to_recordset(${JSON.stringify(marks)}::json) as marked ("projectId" uuid, "fromPeriod" text)
    join (select *, ${monthEnd(sql`period`)} as end_at from cycles) c on c.period >= marked."fromPeriod"
    join projects p on p.id = marked."projectId"
    join lateral (
      select * from project_places l where l.project_id = p.id and (l.at < c.lock_at or l.ordinal = 1)
      order by l.ordinal desc limit 1
    ) place on true
    left join lateral (
      select a.planned_yuan, a.monthly_targets_yuan from annual_plans a
      where a.project_id = p.id and a.year = left(c.period, 4)::int and (a.created_at < c.lock_at or a.version = 1)
      order by a.version desc limit 1
    ) plan on true
    left join project_years y on y.project_id = p.id and y.year = left(c.period, 4)::int
    left join lateral ${inMonth('obligations')} o on true
    left join lateral ${inMonth('monthly_reports')} r on true`.execute(trx)
  return rows.map(({ plannedYuan, monthlyTargetsYuan, completedByMonth, ...row }) => ({
    ...row,
    plan: { plannedYuan, monthlyTargetsYuan },
    completedByMonth: completedByMonth ?? [],
  }))
}

const COLUMNS = sql`period, project_id, region_code, region_name, unit_id, category, tiers, is_assessed, planned_yuan,
  scheduled_twelfths, month_yuan, year_yuan, is_expected, is_filed, is_on_time, is_excused, is_late, is_missing,
  missed_reports, light, light_reasons, late_start_months, slipped_procedures, slipped_months, declared_light,
  is_mismatched, is_exempt, is_simulated, stage, total_investment_yuan, is_start_due, is_started, is_completion_due,
  is_completed, is_statistics_due, is_in_statistics`

const toRow = ({ plan, ...standing }: Standing) => ({ ...standing, plannedYuan: plan.plannedYuan })

/** Writes standings, and what they change in the cells. */
export async function saveStandings(trx: Transaction<DB>, standings: readonly Standing[]): Promise<void> {
  await sql`
    with fresh as (
      select period, "projectId" as project_id, "regionCode" as region_code, "regionName" as region_name,
        "unitId" as unit_id, category, tiers, "isAssessed" as is_assessed, "plannedYuan" as planned_yuan,
        "scheduledTwelfths" as scheduled_twelfths,
        "monthYuan" as month_yuan, "yearYuan" as year_yuan, "isExpected" as is_expected, "isFiled" as is_filed,
        "isOnTime" as is_on_time, "isExcused" as is_excused, "isLate" as is_late, "isMissing" as is_missing,
        "missedReports" as missed_reports, light, "lightReasons" as light_reasons,
        "lateStartMonths" as late_start_months, "slippedProcedures" as slipped_procedures,
        "slippedMonths" as slipped_months, "declaredLight" as declared_light, "isMismatched" as is_mismatched,
        "isExempt" as is_exempt,
        "isSimulated" as is_simulated, stage, "totalInvestmentYuan" as total_investment_yuan,
        "isStartDue" as is_start_due, "isStarted" as is_started, "isCompletionDue" as is_completion_due,
        "isCompleted" as is_completed, "isStatisticsDue" as is_statistics_due, "isInStatistics" as is_in_statistics,
        "isCounted" as is_counted
      from json_to_recordset(${JSON.stringify(standings.map(toRow))}::json) as f (period text, "projectId" uuid,
        "regionCode" text, "regionName" text, "unitId" uuid, category text, tiers text[], "isAssessed" boolean,
        "plannedYuan" bigint, "scheduledTwelfths" bigint, "monthYuan" bigint,
        "yearYuan" bigint, "isExpected" boolean, "isFiled" boolean, "isOnTime" boolean, "isExcused" boolean,
        "isLate" boolean, "isMissing" boolean, "missedReports" int,
        light text, "lightReasons" jsonb, "lateStartMonths" int, "slippedProcedures" int, "slippedMonths" int,
        "declaredLight" text, "isMismatched" boolean, "isExempt" boolean, "isSimulated" boolean, stage text,
        "totalInvestmentYuan" bigint, "isStartDue" boolean, "isStarted" boolean, "isCompletionDue" boolean,
        "isCompleted" boolean, "isStatisticsDue" boolean, "isInStatistics" boolean, "isCounted" boolean)
    ), earlier as (
      select s.* from standings s join fresh f on f.period = s.period and f.project_id = s.project_id
    ), withdrawn as (
      delete from standings s using fresh f
      where s.period = f.period and s.project_id = f.project_id and not f.is_counted
    ), kept as (
      insert into standings (${COLUMNS}) select ${COLUMNS} from fresh where is_counted
      on conflict (period, project_id) do update set region_code = excluded.region_code,
        region_name = excluded.region_name, unit_id = excluded.unit_id, category = excluded.category,
        tiers = excluded.tiers, is_assessed = excluded.is_assessed, planned_yuan = excluded.planned_yuan,
        scheduled_twelfths = excluded.scheduled_twelfths,
        month_yuan = excluded.month_yuan, year_yuan = excluded.year_yuan, is_expected = excluded.is_expected,
        is_filed = excluded.is_filed, is_on_time = excluded.is_on_time, is_excused = excluded.is_excused,
        is_late = excluded.is_late, is_missing = excluded.is_missing, missed_reports = excluded.missed_reports,
        light = excluded.light, light_reasons = excluded.light_reasons,
        late_start_months = excluded.late_start_months, slipped_procedures = excluded.slipped_procedures,
        slipped_months = excluded.slipped_months, declared_light = excluded.declared_light,
        is_mismatched = excluded.is_mismatched, is_exempt = excluded.is_exempt, is_simulated = excluded.is_simulated,
        stage = excluded.stage, total_investment_yuan = excluded.total_investment_yuan,
        is_start_due = excluded.is_start_due, is_started = excluded.is_started,
        is_completion_due = excluded.is_completion_due, is_completed = excluded.is_completed,
        is_statistics_due = excluded.is_statistics_due, is_in_statistics = excluded.is_in_statistics
    ), signed as (
      select 1 as sign, ${COLUMNS} from fresh where is_counted
      union all
      select -1, ${COLUMNS} from earlier
    ), delta as (
      select s.period, s.region_code, g.dimension, g.key, (array_agg(g.name order by s.sign desc))[1] as name,
        ${figuresOf('sum', sql`s.sign`)}
      from signed s cross join lateral ${spread}
      group by s.period, s.region_code, g.dimension, g.key
    )
    insert into cells as c (period, region_code, dimension, key, name, ${figureColumns})
    select * from delta
    on conflict (period, dimension, region_code, key) do update set name = excluded.name, ${figuresOf('add')}`.execute(
    trx,
  )
}

/** Takes away the cells in which nobody is any more, and the answers of these periods. */
export async function tidyCells(trx: Transaction<DB>, periods: readonly string[]): Promise<void> {
  await sql`delete from cells where period = any(${periods}) and project_count = 0`.execute(trx)
  await sql`delete from summaries where period = any(${periods})`.execute(trx)
}
