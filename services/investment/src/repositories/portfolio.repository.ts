import type { Reach } from '@tiaodu/service'
import type { Tier } from '@tiaodu/types'
import { yearOf } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { PortfolioProject } from '../domain/summary.ts'
import type { DB } from '../generated/tables.ts'

interface Row {
  id: string
  name: string
  region_code: string
  region_name: string
  category: string
  tiers: Tier[]
  is_assessed: boolean
  unit_id: string | null
  unit_name: string | null
  planned_yuan: number | null
  monthly_targets_yuan: number[] | null
  completed_by_month: number[] | null
  is_simulated: boolean | null
  is_expected: boolean
  is_filed: boolean
  is_on_time: boolean
  missed_reports: number
}

/** Every project within reach that has not been withdrawn, with its roll-up of the year and its obligation of the period. */
export async function listPortfolio(
  db: Kysely<DB>,
  period: string,
  reach: Reach,
  now: Date,
): Promise<PortfolioProject[]> {
  const { rows } = await sql<Row>`
    select p.id, p.name, p.region_code, p.region_name, p.category, p.tiers, p.assessment_class = 'assessed' as is_assessed,
      p.unit_id, u.name as unit_name, y.planned_yuan, to_json(y.monthly_targets_yuan) as monthly_targets_yuan,
      to_json(y.completed_by_month) as completed_by_month, y.is_simulated,
      o.id is not null as is_expected, coalesce(r.state in ('submitted', 'approved'), false) as is_filed,
      coalesce(o.first_submitted_at <= o.due_at, false) as is_on_time, coalesce(m.missed, 0) as missed_reports
    from projects p
    left join units u on u.id = p.unit_id
    left join project_years y on y.project_id = p.id and y.year = ${yearOf(period)}
    left join obligations o on o.project_id = p.id and o.period = ${period}
    left join monthly_reports r on r.project_id = p.id and r.period = ${period}
    left join (
      select a.project_id, count(*) as missed from obligations a
      where a.period <= ${period} and a.due_at <= ${now} and a.first_submitted_at is null
        and not exists (select from obligations b where b.project_id = a.project_id and b.period > a.period
          and b.period <= ${period} and b.first_submitted_at is not null)
      group by a.project_id
    ) m on m.project_id = p.id
    where p.stage <> 'withdrawn' and p.region_code like ${`${reach.regionPrefix}%`}
      and (${reach.unitId}::uuid is null or p.unit_id = ${reach.unitId})
    order by p.region_code, p.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    region: { key: row.region_code, name: row.region_name },
    unit: { key: row.unit_id ?? '', name: row.unit_name ?? '' },
    category: row.category,
    tiers: row.tiers,
    isAssessed: row.is_assessed,
    plan: { plannedYuan: row.planned_yuan ?? 0, monthlyTargetsYuan: row.monthly_targets_yuan },
    completedByMonth: row.completed_by_month ?? [],
    isSimulated: row.is_simulated ?? false,
    isExpected: row.is_expected,
    isFiled: row.is_filed,
    isOnTime: row.is_on_time,
    missedReports: row.missed_reports,
  }))
}
