import { sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Wording } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'

/** A message for one person. */
export interface Addressed {
  readonly personId: string
  readonly wording: Wording
}

const ROWS_PER_INSERT = 500

/** Puts messages into inboxes and, with `byEmail`, queues one e-mail for everybody who has an address. */
export async function insertMessages(
  trx: Transaction<DB>,
  messages: readonly Addressed[],
  byEmail: boolean,
  now: Date,
): Promise<void> {
  for (let start = 0; start < messages.length; start += ROWS_PER_INSERT) {
    const rows = messages.slice(start, start + ROWS_PER_INSERT).map(({ personId, wording }) => ({
      id: uuidv7(),
      person_id: personId,
      kind: wording.kind,
      title: wording.title,
      body: wording.body,
      period: wording.period,
      project_ids: wording.projectIds,
      why: wording.why,
      created_at: now,
      read_at: null,
    }))
    await trx.insertInto('messages').values(rows).execute()
    if (!byEmail) continue
    const ids = rows.map(({ id }) => id)
    await sql`
      insert into deliveries (id, message_id, channel, state)
      select d.id, m.id, 'email', 'queued'
      from unnest(${ids.map(() => uuidv7())}::uuid[], ${ids}::uuid[]) as d (id, message_id)
      join messages m on m.id = d.message_id join people p on p.id = m.person_id where p.email is not null`.execute(trx)
  }
}
