import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../live-process.ts'
import { isPostgresOf, listPostgresOf, type Postmaster, readPostmaster } from './postmaster.ts'
import { answersFor } from './session.ts'

const ANSWER_LIMIT_MS = 60_000
const LEAVE_LIMIT_MS = 15_000

/**
 * Finds the live server of the data directory `data`, waiting for one that is starting, recovering or stopping. Returns undefined when
 * there is none; the remains of a dead one are then cleared, so that a new one can start.
 * @throws Error when a live server does not answer within a minute
 */
export async function findRunning(data: string, password: string): Promise<Postmaster | undefined> {
  const deadline = Date.now() + ANSWER_LIMIT_MS
  for (;;) {
    const found = readPostmaster(data)
    if (!found || !isPostgresOf(found.pid, data)) break
    if (found.status === 'ready' && (await answersFor({ port: found.port, password }, data))) return found
    if (Date.now() > deadline) {
      throw new Error(`The PostgreSQL server of ${data} (process ${found.pid}, ${found.status}) does not answer`)
    }
    await sleep(25)
  }
  await clearRemains(data)
  return undefined
}

/**
 * A backend that computes does not notice that its server was killed, and a new server must not start while it can still write. A
 * postmaster.pid whose number now belongs to another program makes PostgreSQL refuse to start; that of a dead one it clears itself.
 */
async function clearRemains(data: string): Promise<void> {
  const deadline = Date.now() + LEAVE_LIMIT_MS
  for (;;) {
    const orphans = listPostgresOf(data)
    if (orphans.length === 0) break
    if (Date.now() > deadline)
      throw new Error(`Processes ${orphans.join(', ')} of a dead PostgreSQL server still work on ${data}`)
    for (const pid of orphans) quit(pid)
    await sleep(25)
  }
  const stale = readPostmaster(data)
  if (stale && isAlive(stale.pid)) await rm(join(data, 'postmaster.pid'), { force: true })
}

function quit(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
