import { setTimeout as sleep } from 'node:timers/promises'
import { isPostgresOf, readPostmaster } from './postmaster.ts'

const FAST_LIMIT_MS = 30_000
const IMMEDIATE_LIMIT_MS = 10_000

/**
 * Stops the server `pid` of the data directory `data` and waits until it is gone: a fast shutdown (clients are disconnected, a checkpoint
 * is written), and after 30 s an immediate one, which loses nothing but is recovered from the log at the next start.
 * Does nothing when that server is already gone, even if another has taken its place.
 */
export async function shutDown(pid: number, data: string): Promise<void> {
  if (readPostmaster(data)?.pid !== pid) return
  if (await endedAfter('SIGINT', pid, data, FAST_LIMIT_MS)) return
  if (await endedAfter('SIGQUIT', pid, data, IMMEDIATE_LIMIT_MS)) return
  throw new Error(`The PostgreSQL server of ${data} (process ${pid}) does not stop`)
}

async function endedAfter(signal: NodeJS.Signals, pid: number, data: string, limitMs: number): Promise<boolean> {
  if (!isPostgresOf(pid, data)) return true
  process.kill(pid, signal)
  const deadline = Date.now() + limitMs
  while (isPostgresOf(pid, data)) {
    if (Date.now() > deadline) return false
    await sleep(10)
  }
  return true
}
