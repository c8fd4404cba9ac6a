import { GROUP_CHANNELS } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { afterQuiet, type Sending, type Ways } from '../domain/channel-choice.ts'
import type { KnownGroup } from '../domain/groups.ts'
import type { Wording } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'

/** The groups with a robot that works. */
export async function listGroups(db: Kysely<DB>): Promise<KnownGroup[]> {
  const { rows } = await sql<KnownGroup>`
    select id, kind as channel, unit_id as "unitId", region_code as "regionCode" from endpoints
    where state = 'active' and kind = any(${Object.keys(GROUP_CHANNELS)}) order by id`.execute(db)
  return rows
}

/** Queues what groups are told: a message without a reader, one delivery to the robot, after the quiet hours of the policy. */
export async function insertGroupMessages(
  trx: Transaction<DB>,
  messages: readonly { readonly group: KnownGroup; readonly wording: Wording; readonly sending: Sending }[],
  ways: Ways,
  now: Date,
): Promise<void> {
  for (const { group, wording, sending } of messages) {
    const id = uuidv7()
    const { projectIds, orderIds = [], grounds, ...words } = wording
    const subjects = { project_ids: projectIds, order_ids: orderIds }
    const row = { ...words, ...subjects, id, person_id: null, grounds: JSON.stringify(grounds) }
    await trx
      .insertInto('messages')
      .values({ ...row, created_at: now, read_at: null })
      .execute()
    const leavesAt = ways.isSimulated ? now : afterQuiet(now, sending.quietHours)
    const waitSeconds = Math.ceil((leavesAt.getTime() - now.getTime()) / 1_000)
    await sql`insert into deliveries (id, message_id, endpoint_id, channel, state, next_attempt_at)
      values (${uuidv7()}, ${id}, ${group.id}, ${group.channel}, 'queued', now() + make_interval(secs => ${waitSeconds}))`.execute(
      trx,
    )
  }
}
