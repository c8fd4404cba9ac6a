import { type Database, instantJson, prepare } from '@tiaodu/database'
import type { Place } from '@tiaodu/service'
import { sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

const REPORTS = 12

const progressOf = prepare<{ id: string }, Place & { json: string }>(
  'progress-of-project',
  (param) => sql`
    select row_to_json(found)::text as json, "regionCode", "unitId" from (
      select p.id as "projectId", p.name as "projectName", p.region_code as "regionCode", p.region_name as "regionName",
        p.category, p.stage, p.unit_id as "unitId", u.name as "unitName",
        p.total_investment_yuan as "totalInvestmentYuan",
        (select coalesce(sum(y.completed_yuan), 0)::bigint from project_years y where y.project_id = p.id) as "sinceStartYuan",
        (select coalesce(json_agg(report), '[]'::json) from (
          select r.period, r.state, r.completed_yuan as "completedYuan",
            case when r.funds_received = '[]' then 0 else
              (select sum((f ->> 'yuan')::bigint) from jsonb_array_elements(r.funds_received) as f) end as "fundsReceivedYuan",
            r.visual_progress as "visualProgress", r.difficulties, r.next_steps as "nextSteps",
            ${instantJson('r.submitted_at')} as "submittedAt", coalesce(o.first_submitted_at > o.due_at, false) as "isLate",
            ${instantJson('r.approved_at')} as "approvedAt", r.is_simulated as "isSimulated"
          from monthly_reports r left join obligations o on o.project_id = r.project_id and o.period = r.period
          where r.project_id = p.id and r.state in ('submitted', 'approved')
          order by r.period desc limit ${sql.lit(REPORTS)}
        ) report) as reports
      from projects p left join units u on u.id = p.unit_id where p.id = ${param('id')}::uuid
    ) found`,
)

/** A project with its last reports, newest first, as JSON text, and where it stands. */
export const findProgress = async (
  { pool }: Database<DB>,
  id: string,
): Promise<(Place & { json: string }) | undefined> => (await progressOf(pool, { id }))[0]
