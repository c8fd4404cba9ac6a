import type { StepTemplate } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

const columns = sql`code, kind, name, position, days, is_active as "isActive", version`

/** Every template, by kind and position. */
export async function listTemplates(db: Kysely<DB>): Promise<StepTemplate[]> {
  const { rows } = await sql<StepTemplate>`
    select ${columns} from step_templates
    order by array_position(array['procedure', 'milestone', 'guarantee', 'system'], kind), position, code`.execute(db)
  return rows
}

export async function lockTemplate(trx: Transaction<DB>, code: string): Promise<StepTemplate | undefined> {
  const { rows } = await sql<StepTemplate>`
    select ${columns} from step_templates where code = ${code} for update`.execute(trx)
  return rows[0]
}

export async function saveTemplate(
  trx: Transaction<DB>,
  { code, kind, name, position, days, isActive, version }: StepTemplate,
  { at, actorName }: { at: Date; actorName: string },
): Promise<void> {
  await sql`
    insert into step_templates values (${code}, ${kind}, ${name}, ${position}, ${days}, ${isActive}, ${version}, ${at}, ${actorName})
    on conflict (code) do update set kind = excluded.kind, name = excluded.name, position = excluded.position,
      days = excluded.days, is_active = excluded.is_active, version = excluded.version,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(trx)
}
