import { type Kysely, sql } from 'kysely'
import type { BulletinFact } from '../domain/bulletin/facts.ts'
import type { DB } from '../generated/tables.ts'

/** Every project that counts in a period, with the dates that were known when it was locked. */
export async function listBulletinFacts(db: Kysely<DB>, period: string): Promise<BulletinFact[]> {
  const { rows } = await sql<BulletinFact>`
    select s.project_id as "projectId", p.name as "projectName", s.unit_id as "unitId", u.name as "unitName",
      s.region_code as "regionCode", s.region_name as "regionName", s.category, to_json(s.tiers) as tiers,
      s.is_assessed as "isAssessed", s.stage, s.total_investment_yuan as "totalInvestmentYuan",
      s.planned_yuan as "plannedYuan", s.scheduled_twelfths as "scheduledTwelfths", s.month_yuan as "monthYuan",
      s.year_yuan as "yearYuan", place.planned_start_on as "plannedStartOn", place.actual_start_on as "actualStartOn",
      place.planned_completion_on as "plannedCompletionOn", place.actual_completion_on as "actualCompletionOn",
      s.is_expected as "isExpected", o.first_submitted_at is not null as "wasFiled", s.is_on_time as "isOnTime",
      nullif(r.visual_progress, '') as "visualProgress"
    from standings s
    join cycles c on c.period = s.period
    join projects p on p.id = s.project_id
    left join units u on u.id = s.unit_id
    join lateral (
      select * from project_places l where l.project_id = p.id and (l.at < c.lock_at or l.ordinal = 1)
      order by l.ordinal desc limit 1
    ) place on true
    left join obligations o on o.project_id = s.project_id and o.period = s.period
    left join monthly_reports r on r.project_id = s.project_id and r.period = s.period and r.state = 'approved'
    where s.period = ${period}`.execute(db)
  return rows
}

/** How often reports of a period were returned. */
export async function countReturns(db: Kysely<DB>, period: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from report_history where period = ${period} and action = 'returned'`.execute(db)
  return rows[0]?.count ?? 0
}
