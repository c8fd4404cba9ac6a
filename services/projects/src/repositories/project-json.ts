import { instantJson } from '@tiaodu/database'
import { sql } from 'kysely'

/** The columns of a project as the API names them, for row_to_json (faster than json_build_object); needs `p` (projects) left-joined with `u` (units). */
export const projectColumns = sql`
  p.id, p.name, p.region_code as "regionCode", p.region_name as "regionName", p.category, p.stage, p.tiers,
  p.assessment_class as "assessmentClass", p.total_investment_yuan as "totalInvestmentYuan",
  p.responsible_unit_id as "responsibleUnitId", u.name as "responsibleUnitName", p.filer_id as "filerId",
  p.leader_id as "leaderId", p.source, p.section, p.note, p.version,
  ${instantJson('p.created_at')} as "createdAt", ${instantJson('p.updated_at')} as "updatedAt"`
