import { instantJson } from '@tiaodu/database'
import type { Policy } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

const policyJson = sql`p.content || jsonb_build_object('id', p.id, 'version', p.version, 'at', ${instantJson('p.at')},
  'actorId', p.actor_id, 'actorName', p.actor_name, 'reason', p.reason)`

/** Every policy as it stands now, in the order of their names within a fact. */
export async function listPolicies(db: Kysely<DB>): Promise<Policy[]> {
  const { rows } = await sql<{ item: Policy }>`
    select ${policyJson} as item from (select distinct on (id) * from policies order by id, version desc) p
    order by p.content ->> 'fact', (p.content ->> 'amount')::int, p.id`.execute(db)
  return rows.map(({ item }) => item)
}

/** One who changes a policy waits for the other; undefined when it is new. */
export async function lockPolicy(trx: Transaction<DB>, id: string): Promise<Policy | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('notifications-policies'))`.execute(trx)
  const { rows } = await sql<{ item: Policy }>`
    select ${policyJson} as item from policies p where id = ${id} order by version desc limit 1`.execute(trx)
  return rows[0]?.item
}

export async function insertPolicy(
  trx: Transaction<DB>,
  { id, version, at, actorId, actorName, reason, ...content }: Policy,
): Promise<void> {
  await sql`insert into policies values (${id}, ${version}, ${JSON.stringify(content)}::jsonb, ${at}, ${actorId}, ${actorName}, ${reason})`.execute(
    trx,
  )
}

/** Versions of a policy, newest first. */
export async function listPolicyVersions(
  db: Kysely<DB>,
  id: string,
  before: number | null,
  limit: number,
): Promise<Policy[]> {
  const { rows } = await sql<{ item: Policy }>`
    select ${policyJson} as item from policies p
    where id = ${id} and (${before}::int is null or version < ${before}) order by version desc limit ${limit}`.execute(
    db,
  )
  return rows.map(({ item }) => item)
}
