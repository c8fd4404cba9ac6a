import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { PublishedEvent } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { BusinessEvent, NumberedEvent } from '../domain/published-events.ts'
import type { DB } from '../generated/tables.ts'

// An event whose project is not known yet waits for it, so that whoever may see the project misses nothing.
const WAIT_FOR_PROJECT = sql`interval '1 hour'`

/** Keeps events without numbers, in the transaction of their effect. */
export async function insertEvents(trx: Transaction<DB>, events: readonly BusinessEvent[]): Promise<void> {
  if (events.length === 0) return
  await sql`
    insert into event_log (id, type, occurred_at, subject, project_id, unit_id, region_code, is_for_all, data)
    select id, type, "occurredAt", subject, "projectId", "unitId", "regionCode", "isForAll", data
    from json_to_recordset(${JSON.stringify(events)}::json) as e (id text, type text, "occurredAt" timestamptz,
      subject text, "projectId" uuid, "unitId" uuid, "regionCode" text, "isForAll" boolean, data json)
    on conflict do nothing`.execute(trx)
}

/** Numbers up to `limit` events that were committed before. Whoever else numbers waits until this transaction has ended. */
export async function numberEvents(trx: Transaction<DB>, limit: number): Promise<string[]> {
  await sql`select from event_log_head for update`.execute(trx)
  const { rows } = await sql<{ id: string }>`
    with ready as (
      select v.id, v.occurred_at, coalesce(v.region_code, p.region_code) as region_code, coalesce(v.unit_id, p.unit_id) as unit_id
      from event_log v left join projects p on p.id = v.project_id
      where v.seq is null and (v.project_id is null or p.id is not null or v.logged_at < now() - ${WAIT_FOR_PROJECT})
      order by v.logged_at limit ${limit}
    ), counted as (
      select ready.*, h.seq + row_number() over (order by occurred_at, id) as number from ready, event_log_head h
    ), numbered as (
      update event_log v set seq = c.number, region_code = c.region_code, unit_id = c.unit_id
      from counted c where v.id = c.id returning v.id, v.seq
    ), moved as (
      update event_log_head set seq = greatest(event_log_head.seq, (select coalesce(max(seq), 0) from numbered))
    )
    select id from numbered order by seq`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Queues events for the webhooks that want them and may see them. @returns how many deliveries */
export async function queueWebhooks(trx: Transaction<DB>, eventIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ eventId: string; endpointId: string }>`
    select v.id as "eventId", e.id as "endpointId"
    from event_log v join endpoints e on e.kind = 'webhook' and e.state = 'active'
      and (cardinality(e.event_types) = 0 or v.type = any(e.event_types))
      and (v.is_for_all or e.region_code = '100000' or v.region_code like regexp_replace(e.region_code, '(00){1,2}$', '') || '%')
    where v.id = any(${eventIds}) order by v.seq`.execute(trx)
  if (rows.length === 0) return 0
  await sql`
    insert into deliveries (id, channel, endpoint_id, event_id, state)
    select id, 'webhook', endpoint_id, event_id, 'queued'
    from unnest(${rows.map(() => uuidv7())}::uuid[], ${rows.map(({ endpointId }) => endpointId)}::uuid[],
      ${rows.map(({ eventId }) => eventId)}::text[]) as d (id, endpoint_id, event_id)`.execute(trx)
  return rows.length
}

/** Up to where events were deleted, and the last number. */
export async function findHead(db: Kysely<DB>): Promise<{ seq: number; deletedThrough: number }> {
  const { rows } = await sql<{ seq: number; deletedThrough: number }>`
    select seq, deleted_through as "deletedThrough" from event_log_head`.execute(db)
  return rows[0] ?? { seq: 0, deletedThrough: 0 }
}

/** Events within reach from after one number up to another, oldest first. */
export async function listEvents(
  db: Kysely<DB>,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
  { unitId, regionPrefix }: Reach,
  type: PublishedEvent | undefined,
): Promise<NumberedEvent[]> {
  const { rows } = await sql<{ item: NumberedEvent }>`
    select json_build_object('id', v.id, 'seq', v.seq, 'type', v.type, 'occurredAt', ${instantJson('v.occurred_at')},
      'subject', v.subject, 'data', v.data) as item
    from event_log v
    where v.seq > ${after} and v.seq <= ${upTo}
      and (v.is_for_all or ((${regionPrefix} = '' or v.region_code like ${`${regionPrefix}%`})
        and (${unitId}::uuid is null or v.unit_id = ${unitId})))
      and (${type ?? null}::text is null or v.type = ${type ?? null})
    order by v.seq limit ${limit}`.execute(db)
  return rows.map(({ item }) => item)
}

/** Deletes numbered events from before an instant, oldest first. @returns how many */
export async function deleteEvents(trx: Transaction<DB>, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with old as (
      delete from event_log where id in (
        select id from event_log v where v.seq is not null and v.logged_at < ${before}
          and v.seq < (select coalesce(min(seq), v.seq + 1) from event_log where seq is not null and logged_at >= ${before})
        order by v.seq limit ${limit}
      ) returning seq
    ), moved as (
      update event_log_head set deleted_through = greatest(deleted_through, (select coalesce(max(seq), 0) from old))
    )
    select count(*) as count from old`.execute(trx)
  return rows[0]?.count ?? 0
}
