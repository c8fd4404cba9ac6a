import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const QUIET_ROUNDS = 2
const PAUSE_MS = 250

const OPEN_WORK = `
  select (select count(*) from projects.outbox where published_at is null)
       + (select count(*) from investment.outbox where published_at is null)
       + (select count(*) from projects.outbox o where not exists
           (select 1 from investment.inbox i where i.event_id = o.id) and o.name in ('project.changed.v1', 'projects.loaded.v1'))
       + (select count(*) from projects.outbox o where not exists
           (select 1 from notifications.inbox i where i.event_id = o.id))
       + (select count(*) from investment.outbox o where not exists
           (select 1 from notifications.inbox i where i.event_id = o.id))
       + (select count(*) from notifications.deliveries where state in ('queued', 'sending', 'failed')) as open`

/**
 * Waits until every event has reached its consumers and every mail has left.
 * @throws when that takes longer than `ms`
 */
export async function waitUntilSettled(databaseUrl: string, ms = 120_000): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const end = Date.now() + ms
    for (let quiet = 0; quiet < QUIET_ROUNDS; ) {
      const { rows } = await client.query<{ open: string }>(OPEN_WORK)
      quiet = Number(rows[0]?.open) === 0 ? quiet + 1 : 0
      if (Date.now() > end) throw new Error(`${rows[0]?.open} pieces of work are still open after ${ms / 1000} s`)
      await sleep(PAUSE_MS)
    }
  } finally {
    await client.end()
  }
}

/** Waits until the due instants up to `instant` were swept. @throws when that takes longer than `ms` */
export async function waitUntilSwept(databaseUrl: string, instant: Date, ms = 120_000): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const end = Date.now() + ms
    for (;;) {
      const { rows } = await client.query<{ swept: boolean }>(
        'select coalesce(max(swept_through) >= $1, false) as swept from notifications.sweeps',
        [instant],
      )
      if (rows[0]?.swept) return
      if (Date.now() > end) throw new Error(`Nothing was swept up to ${instant.toISOString()} within ${ms / 1000} s`)
      await sleep(PAUSE_MS)
    }
  } finally {
    await client.end()
  }
}
