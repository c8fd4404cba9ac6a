import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startMailbox } from '@tiaodu/embedded'
import { waitFor } from '@tiaodu/testing'
import pg from 'pg'
import type { Test } from 'tap'
import { createClockFile } from '../../demo/clock-file.ts'
import { migrateAll } from '../../local/database.ts'
import { tokenSecret } from '../../local/secrets.ts'
import { startSystem } from '../../local/system.ts'
import { startReceiver } from './receiver.ts'
import { startPostgresStore, startRedisStore } from './stores.ts'

const root = resolve(import.meta.dirname, '../../..')
const COME_MS = 600_000

/** The whole system on stores of its own, with a clock that we hold, a mailbox and a receiver of webhooks. */
export async function openFaults(t: Test, backend: 'postgres' | 'redis', portalPort: number, now: Date) {
  const directory = mkdtempSync(join(tmpdir(), 'tiaodu-faults-'))
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  const postgres = await startPostgresStore(join(directory, 'postgres'))
  t.teardown(() => postgres.stop())
  const redis = backend === 'redis' ? await startRedisStore(join(directory, 'redis')) : undefined
  t.teardown(() => redis?.stop())
  await migrateAll(postgres.url)
  const [mailbox, receiver] = [await startMailbox(), await startReceiver()]
  t.teardown(() => Promise.all([mailbox.close(), receiver.close()]))
  const clock = createClockFile(join(directory, 'clock'))
  clock.set(now)
  const system = await startSystem({
    ...{ root, directory, portalPort, smtpUrl: mailbox.url, clockFile: clock.file, sweepSeconds: 1 },
    ...{ databaseUrl: postgres.url, redisUrl: redis?.url, tokenSecret: tokenSecret(directory) },
  })
  t.teardown(() => system.stop())

  const rows = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> => {
    const client = new pg.Client({ connectionString: postgres.url })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query<T>(text, values)).rows
    } finally {
      await client.end()
    }
  }
  /** Waits until a query says true, whatever happens to the database meanwhile. */
  const until = (what: string, text: string, values: unknown[] = []) =>
    waitFor(what, async () => (await rows<{ is: boolean }>(text, values).catch(() => []))[0]?.is, COME_MS)
  return { system, clock, mailbox, receiver, rows, until, stores: [postgres, ...(redis === undefined ? [] : [redis])] }
}
