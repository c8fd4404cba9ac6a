import type { MessagingTables } from '@tiaodu/messaging'
import type { ColumnType, Generated } from 'kysely'

type Timestamp = ColumnType<Date, Date | string, Date | string>
export interface DB extends MessagingTables {
  projects: { id: string; version: number; name: string; region_code: string; unit_id: string | null; unit_name: string | null; filer_id: string | null; leader_id: string | null }
  people: { id: string; version: number; name: string; unit_id: string; role: string; region_code: string; email: string | null }
  messages: { id: string; person_id: string; kind: string; title: string; body: string; period: string | null; project_ids: string[]; why: string; created_at: Timestamp; read_at: Timestamp | null }
  deliveries: { id: string; message_id: string; channel: string; state: string; attempts: Generated<number>; rung_at: Timestamp | null; next_attempt_at: Generated<Date>; claimed_at: Timestamp | null; answer: string | null; queued_at: Generated<Date>; sent_at: Timestamp | null }
}
