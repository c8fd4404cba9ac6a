import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type KeptPart, keepRunning } from './keep-running.ts'
import { type Part, partsAt } from './parts.ts'

/** What a set of running services needs to know. */
export interface SystemOptions {
  readonly root: string
  readonly directory: string
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  readonly smtpUrl: string
  readonly tokenSecret: string
  readonly portalPort: number
  /** Present: time stands at the instant in this file, and what is recorded is 演示数据. */
  readonly clockFile?: string | undefined
  /** How often due instants are swept; 60 when absent. */
  readonly sweepSeconds?: number | undefined
}

/** The services and workers of one system. */
export interface System {
  readonly options: SystemOptions
  readonly url: string
  readonly parts: readonly KeptPart[]
  stop(): Promise<void>
}

const READY_MS = 60_000

function environmentOf(part: Part, options: SystemOptions): NodeJS.ProcessEnv {
  const at = (service: Part['service']) =>
    `http://127.0.0.1:${partsAt(options.portalPort).find((other) => other.service === service && !other.isWorker)?.port}`
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: options.databaseUrl,
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
    ...(options.clockFile === undefined ? {} : { CLOCK_FILE: options.clockFile }),
    TOKEN_SECRET: options.tokenSecret,
    SMTP_URL: options.smtpUrl,
    PORTAL_URL: `http://localhost:${options.portalPort}`,
    SWEEP_SECONDS: String(options.sweepSeconds ?? 60),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    [part.isWorker ? 'WORKER_PORT' : 'PORT']: String(part.port),
    PROJECTS_URL: at('projects'),
    INVESTMENT_URL: at('investment'),
    NOTIFICATIONS_URL: at('notifications'),
    DEMO: 'true',
  }
}

/** Starts every part and waits until each is ready; one that cannot be started stops the others again. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const logs = join(options.directory, 'logs')
  mkdirSync(logs, { recursive: true, mode: 0o700 })
  const parts = partsAt(options.portalPort).map((part) =>
    keepRunning(part, {
      root: options.root,
      environment: environmentOf(part, options),
      logFile: join(logs, `${part.name}.log`),
    }),
  )
  // The front door first: nothing new comes in while the others finish what they have.
  const stop = async () => {
    await parts.at(-1)?.stop()
    await Promise.all(parts.map((part) => part.stop()))
  }
  try {
    await Promise.all(parts.map((part) => part.ready(READY_MS)))
  } catch (error) {
    await stop()
    throw error
  }
  return { options, url: `http://localhost:${options.portalPort}`, parts, stop }
}
