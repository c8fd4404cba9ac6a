import type { MessagingTables } from '@tiaodu/messaging'
import type { ColumnType } from 'kysely'

type Timestamp = ColumnType<Date, Date | string, Date | string>
export interface Units { id: string; name: string; region_code: string; region_name: string; parent_id: string | null; is_simulated: boolean; version: number }
export interface People { id: string; name: string; unit_id: string; role: string; email: string | null; is_simulated: boolean; version: number }
export interface Projects {
  id: string; name: string; region_code: string; region_name: string; category: string; stage: string; tiers: string[]; assessment_class: string
  total_investment_yuan: ColumnType<number | null, number | null, number | null>; responsible_unit_id: string | null; filer_id: string | null; leader_id: string | null
  source: string | null; section: string | null; note: string | null; version: number; created_at: Timestamp; updated_at: Timestamp
}
export interface PlanIndicators { id: string; region_code: string; region_name: string; source: string; category: string; indicator: string; unit_of_measure: string; base_value: string | null; target_value: string | null; rate_or_total: string | null; attribute: string | null }
export interface AnnualTargets { id: string; year: number; programme: string; metric: string; value: string; unit_of_measure: string; kind: string }
export interface DB extends MessagingTables { units: Units; people: People; projects: Projects; plan_indicators: PlanIndicators; annual_targets: AnnualTargets }
