import { instantJson } from '@tiaodu/database'
import { sql } from 'kysely'

/** A project as the API answers it, made in PostgreSQL; needs `p` (projects) left-joined with `u` (units). */
export const projectJson = sql`json_build_object(
  'id', p.id, 'name', p.name, 'regionCode', p.region_code, 'regionName', p.region_name, 'category', p.category,
  'stage', p.stage, 'tiers', p.tiers, 'assessmentClass', p.assessment_class,
  'totalInvestmentYuan', p.total_investment_yuan, 'responsibleUnitId', p.responsible_unit_id,
  'responsibleUnitName', u.name, 'filerId', p.filer_id, 'leaderId', p.leader_id,
  'source', p.source, 'section', p.section, 'note', p.note, 'version', p.version,
  'createdAt', ${instantJson('p.created_at')}, 'updatedAt', ${instantJson('p.updated_at')})`
