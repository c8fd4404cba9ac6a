import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { build } from './local/build.ts'
import { openDatabase } from './local/database.ts'
import { tokenSecret } from './local/secrets.ts'

/** Loads a CSV file into the project library of the system in .data (running or not), or of DATABASE_URL. */
const root = resolve(import.meta.dirname, '..')
const directory = resolve(process.env.TIAODU_DATA ?? join(root, '.data'))

build(root)
const database = await openDatabase(join(directory, 'postgres'))
const { status } = spawnSync(
  process.execPath,
  [join(root, 'services/projects/dist/src/commands/load.js'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, DATABASE_URL: database.url, TOKEN_SECRET: tokenSecret(directory) } },
)
await database.release()
process.exitCode = status ?? 1
