import type { BulkOutcome } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** What a request is known by. */
export interface RequestKey {
  readonly personId: string
  readonly idempotencyKey: string
}

/** The request that was answered under this key; whoever sends the same key meanwhile waits. */
export async function lockBulkRequest(
  trx: Transaction<DB>,
  { personId, idempotencyKey }: RequestKey,
): Promise<{ digest: string; answer: BulkOutcome } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext(${personId}), hashtext(${idempotencyKey}))`.execute(trx)
  const { rows } = await sql<{ digest: string; answer: BulkOutcome }>`
    select digest, answer from bulk_requests
    where person_id = ${personId} and idempotency_key = ${idempotencyKey}`.execute(trx)
  return rows[0]
}

/** Keeps what was answered. */
export async function insertBulkRequest(
  trx: Transaction<DB>,
  { personId, idempotencyKey }: RequestKey,
  { digest, answer, now }: { digest: string; answer: BulkOutcome; now: Date },
): Promise<void> {
  await sql`
    insert into bulk_requests (person_id, idempotency_key, digest, answer, at)
    values (${personId}, ${idempotencyKey}, ${digest}, ${JSON.stringify(answer)}, ${now})`.execute(trx)
}
