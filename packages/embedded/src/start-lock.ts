import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, startedAt } from './live-process.ts'

type Owner = { token: string; pid: number; startedAt: string }

const HELD = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'])
const HOUR_MS = 3_600_000

/**
 * Runs `work` while holding `<directory>/starting`, alone among all processes of this machine.
 * The lock is a directory that appears by rename with its owner already written inside, and is never empty while held, so that a second
 * rename onto it fails. A dead owner's lock is renamed to a name made from its token and left there: a slower process that wants to break
 * the same dead lock then cannot move the next owner's lock away by mistake.
 * @throws Error when a live owner keeps the lock longer than `limitMs`
 */
export async function withStartLock<T>(directory: string, work: () => Promise<T>, limitMs = 180_000): Promise<T> {
  const lock = join(directory, 'starting')
  const token = randomUUID()
  const mine = `${lock}-${token}`
  await mkdir(mine, { mode: 0o700 })
  try {
    const owner: Owner = { token, pid: process.pid, startedAt: startedAt(process.pid) }
    await writeFile(join(mine, 'owner.json'), JSON.stringify(owner))
    await acquire(lock, mine, Date.now() + limitMs)
    try {
      await removeOldRemains(directory)
      return await work()
    } finally {
      await rename(lock, mine)
    }
  } finally {
    await rm(mine, { recursive: true, force: true })
  }
}

async function acquire(lock: string, mine: string, deadline: number): Promise<void> {
  for (;;) {
    try {
      return await rename(mine, lock)
    } catch (error) {
      if (!HELD.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
    const owner = await readOwner(lock)
    if (owner && !isRunning(owner)) await rename(lock, `${lock}-${owner.token}`).catch(() => {})
    else await sleep(20)
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${owner?.pid ?? '?'} has held ${lock} for too long; end it, or remove that folder if it is gone`,
      )
    }
  }
}

async function readOwner(lock: string): Promise<Owner | undefined> {
  const text = await readFile(join(lock, 'owner.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Owner
  } catch {
    return { token: 'unreadable', pid: 0, startedAt: '' } // a power cut can leave the file empty
  }
}

function isRunning(owner: Owner): boolean {
  return owner.pid > 0 && isAlive(owner.pid) && startedAt(owner.pid) === owner.startedAt
}

async function removeOldRemains(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith('starting-')) continue
    const path = join(directory, name)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > HOUR_MS) await rm(path, { recursive: true, force: true })
  }
}
