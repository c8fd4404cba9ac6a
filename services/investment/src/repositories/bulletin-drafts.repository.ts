import type { BulletinEntry } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** What was written for a bulletin so far. */
export interface StoredDraft {
  readonly version: number
  readonly entry: BulletinEntry
}

export async function findDraft(db: Kysely<DB>, period: string): Promise<StoredDraft | undefined> {
  const { rows } = await sql<StoredDraft>`
    select version, entry from bulletin_drafts where period = ${period}`.execute(db)
  return rows[0]
}

export async function saveDraft(
  trx: Transaction<DB>,
  period: string,
  { version, entry }: StoredDraft,
  { now, actorId, actorName }: { readonly now: Date; readonly actorId: string | null; readonly actorName: string },
): Promise<void> {
  await sql`
    insert into bulletin_drafts (period, version, entry, at, actor_id, actor_name)
    values (${period}, ${version}, ${JSON.stringify(entry)}::jsonb, ${now}, ${actorId}, ${actorName})
    on conflict (period) do update set version = excluded.version, entry = excluded.entry, at = excluded.at,
      actor_id = excluded.actor_id, actor_name = excluded.actor_name`.execute(trx)
}
