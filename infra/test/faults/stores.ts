import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRedis, startPostgres, startRedis, stopPostgres } from '@tiaodu/embedded'

/** A server of our own that is killed as by a power cut, and comes back at its place with its data. */
export interface Store {
  readonly name: string
  readonly url: string
  /** Kills it with SIGKILL and has it back. */
  kill(): Promise<void>
  stop(): Promise<unknown>
}

const assertSame = (name: string, port: number, again: number): void => {
  if (port !== again) throw new Error(`${name} came back on port ${again}, not on ${port}`)
}

/** What is committed must be on the disk: anything less would lose it with the server. */
export async function startPostgresStore(directory: string): Promise<Store> {
  const { url, port } = await startPostgres({ directory, durable: true })
  return {
    name: 'postgres',
    url,
    async kill() {
      const [pid] = readFileSync(join(directory, 'data/postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
      assertSame('PostgreSQL', port, (await startPostgres({ directory, port, durable: true })).port)
    },
    stop: () => stopPostgres(directory),
  }
}

/** Undefined, with a loud word, where there is no Redis. */
export async function startRedisStore(directory: string): Promise<Store | undefined> {
  let server = await startRedis({ directory })
  if (server === undefined) {
    console.error('# SKIPPED: no redis-server on the PATH; faults are tested with the queues on PostgreSQL only')
    return undefined
  }
  const { url, port } = server
  return {
    name: 'redis',
    url,
    async kill() {
      await server?.kill()
      server = await startRedis({ directory, port })
      assertSame('Redis', port, server?.port ?? 0)
    },
    stop: async () => server?.stop(),
  }
}

/** Where the queues can run on this machine. */
export const backends = (): readonly ('postgres' | 'redis')[] =>
  findRedis() === undefined ? ['postgres'] : ['postgres', 'redis']
