import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startPostgres } from '@tiaodu/embedded'
import { createOpenApi } from '@tiaodu/portal/openapi'
import { asyncApi } from './generate/asyncapi.ts'
import { errorsPage } from './generate/errors-page.ts'
import { migrateAll, SCHEMAS } from './local/database.ts'

const root = resolve(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')
const drifted: string[] = []

function put(path: string, content: string): void {
  const file = join(root, path)
  let current = ''
  try {
    current = readFileSync(file, 'utf8')
  } catch {
    // A file that is not there yet differs from everything.
  }
  if (current === content) return
  if (isCheck) drifted.push(path)
  else writeFileSync(file, content)
}

/** The table types of one service, read from a database that all migrations have passed. */
function tableTypes(url: string, schema: string, workspace: string): string {
  const out = join(workspace, `${schema}.ts`)
  const args = [
    'kysely-codegen',
    '--dialect',
    'postgres',
    '--url',
    url,
    '--default-schema',
    schema,
    '--include-pattern',
    `${schema}.*`,
    '--exclude-pattern',
    `${schema}.(schema_migrations*|monthly_reports_*)`,
    '--type-mapping',
    JSON.stringify({ int8: 'number', date: 'string' }),
    '--out-file',
    out,
    '--log-level',
    'error',
  ]
  const { status, stderr, stdout } = spawnSync('npx', args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`kysely-codegen failed for ${schema}:\n${stdout}${stderr}`)
  return readFileSync(out, 'utf8')
}

const directory = mkdtempSync(join(tmpdir(), 'tiaodu-generate-'))
const postgres = await startPostgres({ directory: join(directory, 'postgres'), durable: false })
try {
  await migrateAll(postgres.url)
  for (const schema of Object.keys(SCHEMAS)) {
    put(`services/${schema}/src/generated/tables.ts`, tableTypes(postgres.url, schema, directory))
  }
  put('docs/openapi.json', `${JSON.stringify(await createOpenApi(), null, 2)}\n`)
  put('docs/asyncapi.json', `${JSON.stringify(asyncApi(), null, 2)}\n`)
  put('docs/errors.md', errorsPage())
} finally {
  await postgres.stop()
  rmSync(directory, { recursive: true, force: true })
}

if (drifted.length > 0) {
  console.error(`Out of date, run "npm run generate":\n${drifted.map((path) => `  ${path}`).join('\n')}`)
  process.exit(1)
}
console.log(isCheck ? 'Generated files are up to date' : 'Generated')
