import type { MessageKind, PersonalChannel, PersonRole } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { Preference, Reader } from '../domain/channel-choice.ts'
import type { DB } from '../generated/tables.ts'

interface Row {
  person_id: string
  kind: string
  channels: string[]
  digest_time: string | null
  quiet_from: string | null
  quiet_to: string | null
}

const toPreference = (row: Row): Preference => ({
  kind: row.kind as MessageKind,
  channels: row.channels as PersonalChannel[],
  digestTime: row.digest_time,
  quietHours: row.quiet_from === null || row.quiet_to === null ? null : { from: row.quiet_from, to: row.quiet_to },
})

/** What people want to be told and how; nobody who is not known is among them. */
export async function listReaders(db: Kysely<DB>, personIds: readonly string[]): Promise<Map<string, Reader>> {
  const { rows: people } = await sql<{ id: string; role: PersonRole }>`
    select id, role from people where id = any(${personIds}::uuid[])`.execute(db)
  const { rows } = await sql<Row>`select * from preferences where person_id = any(${personIds}::uuid[])`.execute(db)
  return new Map(
    people.map(({ id, role }) => [
      id,
      { role, preferences: rows.filter(({ person_id }) => person_id === id).map(toPreference) },
    ]),
  )
}

/** Keeps what a person wants of a kind of message. */
export async function savePreference(
  db: Kysely<DB>,
  personId: string,
  { kind, channels, digestTime, quietHours }: Preference,
  now: Date,
): Promise<void> {
  const row = {
    person_id: personId,
    kind,
    channels: [...channels],
    digest_time: digestTime,
    quiet_from: quietHours?.from ?? null,
    quiet_to: quietHours?.to ?? null,
    updated_at: now,
  }
  await db
    .insertInto('preferences')
    .values(row)
    .onConflict((conflict) => conflict.columns(['person_id', 'kind']).doUpdateSet(row))
    .execute()
}
