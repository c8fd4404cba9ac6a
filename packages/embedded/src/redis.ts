import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from './free-port.ts'
import { keepPassword } from './password.ts'

export type RedisOptions = {
  /** Where the append-only file and the password are kept. Without it a temporary folder is used and removed by `stop`. */
  directory?: string
  /** Preferred TCP port, e.g. that of a killed server that is to come back; a free one is taken when it is busy. */
  port?: number
}

export type PrivateRedis = {
  /** `redis://:<password>@127.0.0.1:<port>` */
  url: string
  port: number
  /** Ends the server after it has written its file, and waits until it is gone. */
  stop(): Promise<void>
  /** Ends the server as a power cut would (SIGKILL) and waits until it is gone. The directory stays. */
  kill(): Promise<void>
}

const ATTEMPTS = 5

/** The path of `redis-server`, or else of `valkey-server`, on the PATH. */
export function findRedis(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = ['redis-server', 'valkey-server'].flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isExecutable)
}

/**
 * Starts a Redis of our own on 127.0.0.1 for tests: append-only file, `noeviction`, a random password. It ends with our process.
 * @returns undefined when no Redis is installed
 * @throws Error with the server's output when it does not start
 */
export async function startRedis(options: RedisOptions = {}): Promise<PrivateRedis | undefined> {
  const binary = findRedis()
  if (!binary) return undefined
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'tiaodu-redis-')))
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const password = await keepPassword(directory)
  let output = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = await freePort(options.port)
    const child = spawn(binary, ['-'], { cwd: directory, stdio: ['pipe', 'pipe', 'inherit'] })
    // On the standard input, since a command line shows the password to every user.
    child.stdin.end(configuration(directory, port, password))
    output = await outputUntilReady(child)
    if (child.exitCode === null && child.signalCode === null) {
      const remove = () => (options.directory ? undefined : rm(directory, { recursive: true, force: true }))
      return running(child, { port, url: `redis://:${password}@127.0.0.1:${port}` }, remove)
    }
  }
  throw new Error(`${binary} did not start:\n${output}`)
}

function configuration(directory: string, port: number, password: string): string {
  return [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    `dir ${JSON.stringify(directory)}`,
    'appendonly yes',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n')
}

/** Everything the server says until it is ready or has ended. */
async function outputUntilReady(child: ChildProcess): Promise<string> {
  let output = ''
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    output += String(chunk)
    if (output.includes('Ready to accept connections')) {
      child.stdout?.resume()
      return output
    }
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return output
}

function running(child: ChildProcess, address: { port: number; url: string }, remove: () => unknown): PrivateRedis {
  const killNow = () => void child.kill('SIGKILL')
  process.once('exit', killNow)
  child.once('exit', () => process.off('exit', killNow))
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  const stop = async () => {
    await end('SIGTERM')
    await remove()
  }
  return { ...address, stop, kill: () => end('SIGKILL') }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
