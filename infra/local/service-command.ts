import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { build } from './build.ts'
import { openDatabase } from './database.ts'
import { tokenSecret } from './secrets.ts'

const root = resolve(import.meta.dirname, '../..')

/** Runs a command of a service on the system in .data (running or not), or on DATABASE_URL. @returns its exit code */
export async function runServiceCommand(service: string, command: string, args: readonly string[]): Promise<number> {
  const directory = resolve(process.env.TIAODU_DATA ?? join(root, '.data'))
  build(root)
  const database = await openDatabase(join(directory, 'postgres'))
  const { status } = spawnSync(
    process.execPath,
    [join(root, `services/${service}/dist/src/commands/${command}.js`), ...args],
    { stdio: 'inherit', env: { ...process.env, DATABASE_URL: database.url, TOKEN_SECRET: tokenSecret(directory) } },
  )
  await database.release()
  return status ?? 1
}
