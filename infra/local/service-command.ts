import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { build } from './build.ts'
import { openDatabase } from './database.ts'
import { tokenSecret } from './secrets.ts'

const root = resolve(import.meta.dirname, '../..')

// A list of 100,000 rows needs 160 MiB at a time; without a limit Node.js lets twice that pile up before it tidies.
const HEAP_MIB = 192

/** What follows `node` to run a command of a service. */
export const serviceCommand = (service: string, command: string): string[] => [
  `--max-old-space-size=${HEAP_MIB}`,
  '--max-semi-space-size=16',
  join(root, `services/${service}/dist/src/commands/${command}.js`),
]

/** Runs a command of a service on the system in .data (running or not), or on DATABASE_URL. @returns its exit code */
export async function runServiceCommand(service: string, command: string, args: readonly string[]): Promise<number> {
  const directory = resolve(process.env.TIAODU_DATA ?? join(root, '.data'))
  build(root)
  const database = await openDatabase(join(directory, 'postgres'))
  const { status } = spawnSync(process.execPath, [...serviceCommand(service, command), ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: database.url, TOKEN_SECRET: tokenSecret(directory) },
  })
  await database.release()
  return status ?? 1
}
