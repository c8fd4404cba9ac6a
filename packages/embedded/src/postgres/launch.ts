import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { type Postmaster, readPostmaster } from './postmaster.ts'
import type { Program } from './program.ts'

export type Launch = { directory: string; data: string; durable: boolean; port: number | undefined }

const ATTEMPTS_LIMIT_MS = 20_000
const READY_LIMIT_MS = 120_000 // recovery after a crash replays the log first
const PASSING =
  /could not bind|Address already in use|could not create any TCP\/IP sockets|shared memory block .* still in use/

/** Starts a server and waits until it accepts connections. @throws Error with the end of the server's log when it does not */
export async function launch(program: Program, options: Launch): Promise<Postmaster> {
  const deadline = Date.now() + ATTEMPTS_LIMIT_MS
  for (;;) {
    const port = await freePort(options.port)
    const outcome = await attempt(program, options, port)
    if (typeof outcome !== 'string') return outcome
    // Either another program took the port meanwhile, or the backends of a killed server are still leaving.
    if (!PASSING.test(outcome) || Date.now() > deadline) {
      throw new Error(`PostgreSQL did not start:\n${outcome.trim().split('\n').slice(-20).join('\n')}`)
    }
    await sleep(200)
  }
}

async function attempt(program: Program, options: Launch, port: number): Promise<Postmaster | string> {
  const logFile = join(options.directory, 'postgres.log')
  const log = openSync(logFile, 'a', 0o600)
  const before = fstatSync(log).size
  const args = ['-D', options.data, '-p', String(port), ...settings(options.durable)]
  const [command = program.postgres, ...rest] = [...program.prefix, program.postgres, ...args]
  // Its own process group: Ctrl-C in the terminal reaches us and not the server, which must outlive the services' last writes.
  const child = spawn(command, rest, {
    detached: true,
    stdio: ['ignore', log, log],
    env: program.env,
    cwd: options.directory,
  })
  closeSync(log)
  child.unref()
  const ready = await untilReady(child, options.data)
  return ready ?? readFileSync(logFile).subarray(before).toString()
}

async function untilReady(child: ChildProcess, data: string): Promise<Postmaster | undefined> {
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  const deadline = Date.now() + READY_LIMIT_MS
  while (!ended) {
    const found = readPostmaster(data)
    if (found && found.pid === child.pid && found.status === 'ready') return found
    if (Date.now() > deadline) child.kill('SIGQUIT')
    await sleep(10)
  }
  return undefined
}

function settings(durable: boolean): string[] {
  const always = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  const mode = durable
    ? { shared_buffers: '256MB' }
    : { shared_buffers: '128MB', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  return Object.entries({ ...always, ...mode }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
