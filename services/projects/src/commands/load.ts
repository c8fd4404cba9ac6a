import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { assertMigrated, connect } from '@tiaodu/database'
import { createClock } from '@tiaodu/service'
import { XLSX_TYPE } from '@tiaodu/types'
import { migrations } from '../../migrations/index.ts'
import { readProjectsConfig } from '../config.ts'
import type { FileRow } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import { loadAnnualTargets, loadPlanIndicators } from '../operations/load-indicators.ts'
import { loadList } from '../operations/load-list.ts'
import { readRows } from '../readers/index.ts'

const KINDS = ['projects', 'indicators', 'targets'] as const
const TYPES: Readonly<Record<string, string>> = { '.ndjson': 'application/x-ndjson', '.xlsx': XLSX_TYPE }
const [kind, file] = process.argv.slice(2)

if (file === undefined || !KINDS.includes(kind as never)) {
  console.error(`Usage: npm run load -- ${KINDS.join('|')} FILE.csv|FILE.ndjson|FILE.xlsx`)
  process.exit(2)
}

const config = readProjectsConfig()
const database = connect<DB>({ url: config.DATABASE_URL, schema: 'projects', poolSize: 1 })

const every = async (rows: AsyncIterable<FileRow>) => {
  const all: FileRow[] = []
  for await (const row of rows) all.push(row)
  return all
}

async function load() {
  const rows = readRows(
    await readFile(file ?? ''),
    (kind === 'projects' ? TYPES[extname(file ?? '').toLowerCase()] : undefined) ?? 'text/csv',
    ({ name, otherSheets }) => {
      console.log(`Sheet ${name}${otherSheets.length === 0 ? '' : `; not read: ${otherSheets.join(', ')}`}`)
    },
  )
  const listName = basename(file ?? '').slice(0, 200)
  const now = createClock(config.CLOCK_FILE).now()
  const act = { now, actorId: null, actorName: 'npm run load', listName, isDryRun: false }
  if (kind !== 'projects') {
    const loadFacts = kind === 'indicators' ? loadPlanIndicators : loadAnnualTargets
    const result = await loadFacts(database.kysely, await every(rows), act)
    if (result.outcome === 'refused') return result
    return { outcome: result.outcome, changed: result.changed, unchanged: result.unchanged }
  }
  const { outcome, problems, created, updated, unchanged } = await loadList(database, rows, act)
  return outcome === 'refused' ? { outcome, problems } : { outcome, created, updated, unchanged }
}

try {
  await assertMigrated(database.kysely, 'projects', migrations)
  const result = await load()
  if (result.outcome === 'refused') {
    for (const problem of result.problems) {
      console.error(`row ${problem.row}, ${problem.column}: "${problem.value}" ${problem.reason.en}`)
    }
    console.error(`Nothing was loaded: ${result.problems.length} problems in ${file}`)
    process.exitCode = 1
  } else {
    const { outcome, ...counts } = result
    console.log(
      `${outcome} ${file}: ${Object.entries(counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')}`,
    )
  }
} catch (error) {
  // A file that is not there or is not CSV, or a database that is not migrated: the message says which.
  console.error(`Nothing was loaded: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await database.close()
}
