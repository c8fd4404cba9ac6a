import type { MessagingTables } from '@tiaodu/messaging'
import type { ColumnType } from 'kysely'

type Timestamp = ColumnType<Date, Date | string, Date | string>
export interface DB extends MessagingTables {
  projects: { id: string; version: number; name: string; region_code: string; region_name: string; category: string; tiers: string[]; stage: string; assessment_class: string; total_investment_yuan: number | null; unit_id: string | null; unit_name: string | null }
  calendar_years: { year: number; is_provisional: boolean }
  calendar_days: { on_date: string; year: number; is_workday: boolean }
  cycles: { id: string; period: string; opened_at: Timestamp; due_at: Timestamp; lock_at: Timestamp; holiday_policy: string; is_calendar_provisional: boolean; is_simulated: boolean }
  obligations: { id: string; period: string; project_id: string; unit_id: string | null; region_code: string; due_at: Timestamp; lock_at: Timestamp; first_submitted_at: Timestamp | null }
  annual_plans: { project_id: string; year: number; version: number; planned_yuan: number; monthly_targets_yuan: number[] | null; is_simulated: boolean; created_at: Timestamp; created_by: string | null }
  bulletins: { period: string; number: number; title: string; published_at: Timestamp; sha256: string; content: string; is_simulated: boolean }
}
