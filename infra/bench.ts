import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startPostgres } from '@tiaodu/embedded'
import { benchInvestment } from './bench/cycle.bench.ts'
import { benchImport } from './bench/import.bench.ts'
import { benchListPage } from './bench/list-page.bench.ts'
import type { Measure } from './bench/measure.ts'
import { benchNotifications } from './bench/notifications.bench.ts'
import { benchProgress } from './bench/progress.bench.ts'
import { type BenchStage, copyDatabase } from './bench/stage.ts'
import { build } from './local/build.ts'
import { migrateAll } from './local/database.ts'

async function* benchProjects(stage: BenchStage) {
  yield* benchListPage(stage)
  yield* benchProgress(stage)
  yield* benchImport(stage)
}
const benchmarks = { projects: benchProjects, investment: benchInvestment, notifications: benchNotifications }
type Name = keyof typeof benchmarks

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benchmarks).join(', ')}`)
  process.exit(2)
}
const names = (wanted.length > 0 ? wanted : Object.keys(benchmarks)) as Name[]

const root = resolve(import.meta.dirname, '..')
build(root)
// Durable as in use: what a bench leaves out it cannot compare.
const directory = mkdtempSync(join(tmpdir(), 'tiaodu-bench-'))
const postgres = await startPostgres({ directory, durable: true })
const measures: Measure[] = []
try {
  await migrateAll(postgres.url)
  for (const name of names) {
    const stage = {
      root,
      databaseUrl: await copyDatabase(postgres.url, `bench_${name}`),
      emptyUrl: postgres.url,
      tokenSecret: 'bench-secret-bench-secret-bench-secret',
      firstPort: 8270,
    }
    for await (const found of benchmarks[name](stage)) {
      measures.push(found)
      const { value, unit, floor, ratio, goal, ok } = found
      console.log(
        `${found.name}: ${value} ${unit}, floor ${floor}, ratio ${ratio}, goal ${goal} ${ok ? 'ok' : 'MISSED'}`,
      )
    }
  }
} finally {
  await postgres.stop()
  rmSync(directory, { recursive: true, force: true })
}
mkdirSync(join(root, '.data'), { recursive: true, mode: 0o700 })
writeFileSync(join(root, '.data/bench.json'), `${JSON.stringify(measures, null, 2)}\n`)
process.exitCode = measures.every(({ ok }) => ok) ? 0 : 1
