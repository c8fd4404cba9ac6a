import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../live-process.ts'

/** What a server writes of itself into `postmaster.pid`. `port` is 0 and `status` empty until it listens. */
export type Postmaster = { pid: number; port: number; status: string }

export function readPostmaster(data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Whether the process `pid` is a PostgreSQL process of the data directory `data` (a real path), and not another program that was given
 * the same number later, nor a zombie. On Windows, where this cannot be seen, every live process counts.
 */
export function isPostgresOf(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data)
    }
    const command = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    return command === 'postgres' && realpathSync(`/proc/${pid}/cwd`) === data
  } catch {
    return false
  }
}

/** All PostgreSQL processes of the data directory `data`; none where there is no /proc to look into. */
export function listPostgresOf(data: string): number[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').map(Number)
  return pids.filter((pid) => Number.isInteger(pid) && isPostgresOf(pid, data))
}
