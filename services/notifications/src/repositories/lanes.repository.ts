import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

const RING_AGAIN_SECONDS = 60
const LEASE_SECONDS = 20

/** Lanes with something due that nobody works on, and that were not rung for within the last minute. */
export async function listDueLanes(
  db: Kysely<DB>,
  channels: readonly string[],
  limit: number,
): Promise<{ id: string; attempt: number }[]> {
  const { rows } = await sql<{ id: string; attempt: number }>`
    select l.lane as id, l.rings as attempt from lanes l left join endpoints e on e.id = l.endpoint_id
    where coalesce(e.state, 'active') = 'active' and coalesce(e.kind, 'email') = any(${channels}) and (l.leased_until is null or l.leased_until < now())
      and (l.rung_at is null or l.rung_at < now() - make_interval(secs => ${RING_AGAIN_SECONDS}))
      and (exists (select from deliveries d where d.lane = l.lane and d.state in ('queued', 'failed') and d.next_attempt_at <= now())
        or exists (select from deliveries d where d.lane = l.lane and d.state = 'sending'))
    limit ${limit}`.execute(db)
  return rows
}

export const markLanesRung = async (db: Kysely<DB>, lanes: string[]): Promise<void> => {
  await sql`update lanes set rung_at = now(), rings = rings + 1 where lane = any(${lanes})`.execute(db)
}

/**
 * Takes a lane for one worker; false when another has it. What the one before had claimed and not settled is queued
 * again: it was killed, or its lease ran out.
 */
export const leaseLane = (db: Kysely<DB>, lane: string, lease: string): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const { numAffectedRows = 0n } = await sql`
      update lanes set lease = ${lease}, leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
      where lane = ${lane} and (leased_until is null or leased_until < now())`.execute(trx)
    if (numAffectedRows === 0n) return false
    await sql`update deliveries set state = 'queued', next_attempt_at = now() where lane = ${lane} and state = 'sending'`.execute(
      trx,
    )
    return true
  })

/** Keeps the lease; false when it is lost. */
export async function renewLease(db: Kysely<DB>, lane: string, lease: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update lanes set leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where lane = ${lane} and lease = ${lease}`.execute(db)
  return numAffectedRows > 0n
}

/** Gives a lane back; it may be rung for again at once. */
export const releaseLane = async (db: Kysely<DB>, lane: string, lease: string): Promise<void> => {
  await sql`update lanes set lease = null, leased_until = null, rung_at = null where lane = ${lane} and lease = ${lease}`.execute(
    db,
  )
}
