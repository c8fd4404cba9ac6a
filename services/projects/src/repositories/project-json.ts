import { instantJson } from '@tiaodu/database'
import { sql } from 'kysely'

/** The columns of a project as the API names them, for row_to_json (faster than json_build_object); needs `p` (projects) left-joined with `u` (units). */
export const projectColumns = sql`
  p.id, p.stage, p.name, p.region_code as "regionCode", p.region_name as "regionName", p.category, p.tiers,
  p.assessment_class as "assessmentClass", p.project_code as "projectCode", p.local_codes as "localCodes",
  p.year_roles as "yearRoles", p.construction_type as "constructionType", p.industry_code as "industryCode", p.place,
  p.scale, p.owner_name as "ownerName", p.owner_credit_code as "ownerCreditCode",
  p.total_investment_yuan as "totalInvestmentYuan", p.funding_plan as "fundingPlan",
  p.planned_start_on as "plannedStartOn", p.actual_start_on as "actualStartOn",
  p.planned_completion_on as "plannedCompletionOn", p.actual_completion_on as "actualCompletionOn", p.approvals,
  p.statistical_entry_on as "statisticalEntryOn", p.parent_id as "parentId",
  p.responsible_unit_id as "responsibleUnitId", p.filer_id as "filerId", p.leader_id as "leaderId", p.source,
  p.section, p.note, u.name as "responsibleUnitName", p.version,
  ${instantJson('p.created_at')} as "createdAt", ${instantJson('p.updated_at')} as "updatedAt"`
