import { spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { serviceCommand } from '../local/service-command.ts'
import { type Measure, median, toMeasure } from './measure.ts'
import { type BenchStage, copyDatabase, dropDatabase } from './stage.ts'

const ROWS = 100_000
const ROUNDS = 5
const GOAL = 0.5
// 300 MB.
const MAX_MIB = 286
const LOOK_MS = 50

const HEADER = 'id,name,region_code,region_name,category,stage,tiers,assessment_class,version,created_at,updated_at'

/** The list as people send it, and the same rows as PostgreSQL takes them. */
function writeFiles(directory: string): { list: string; copy: string } {
  const regions = ['410802', '410803', '410811', '410821', '410822', '410823', '410825', '410882']
  const rows = Array.from({ length: ROWS }, (_, n) => ({
    name: `导入第${n}号基础设施建设项目`,
    region: regions[n % regions.length],
    category: `类别${n % 20}`,
  }))
  const list = join(directory, 'list.csv')
  const listLines = rows.map(({ name, region, category }) => `${name},${region},区县,${category},在建`)
  writeFileSync(list, `${['项目名称,区划代码,所属区域,类别,阶段', ...listLines].join('\n')}\n`)
  const copy = join(directory, 'copy.csv')
  const at = '2026-11-23T00:00:00Z'
  const copyLines = rows.map(({ name, region, category }, n) => {
    const id = `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`
    return `${id},${name},${region},区县,${category},building,{county},assessed,1,${at},${at}`
  })
  writeFileSync(copy, `${[HEADER, ...copyLines].join('\n')}\n`)
  return { list, copy }
}

const peakMib = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Loads the list with `npm run load`'s own command; how long it took and the most memory it held. */
async function load({ databaseUrl, tokenSecret }: BenchStage, list: string) {
  const started = performance.now()
  const child = spawn(process.execPath, [...serviceCommand('projects', 'load'), 'projects', list], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl, TOKEN_SECRET: tokenSecret },
  })
  let mib = 0
  const looking = setInterval(() => {
    mib = Math.max(mib, peakMib(child.pid ?? 0))
  }, LOOK_MS)
  const code = await new Promise<number | null>((done) => child.on('exit', done))
  clearInterval(looking)
  if (code !== 0) throw new Error(`loading ended with ${code}`)
  return { seconds: (performance.now() - started) / 1000, mib }
}

/** Takes the rows in as `\\copy` does. @returns in how many seconds */
async function copyRows(databaseUrl: string, file: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=projects' })
  await client.connect()
  const started = performance.now()
  const copy = client.query(from(`copy floor_projects (${HEADER}) from stdin csv header`))
  await pipeline(createReadStream(file), copy)
  const seconds = (performance.now() - started) / 1000
  await client.end()
  return seconds
}

/** A table of the same shape as the projects, and as full. */
async function fillFloor(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=projects' })
  await client.connect()
  await client.query('create table floor_projects (like projects including all)')
  await client.query(`insert into floor_projects (${HEADER}) select ${HEADER} from projects`)
  await client.query('analyze floor_projects')
  await client.end()
}

/** Lends a database that is as the given one was, so that every round begins with the same. */
async function onCopyOf<T>(databaseUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const copy = await copyDatabase(databaseUrl, 'bench_round')
  try {
    return await work(copy)
  } finally {
    await dropDatabase(copy)
  }
}

/** Loading a list with all checks, history and events, against `\\copy` of the same rows into a table with the same indexes and as many rows. */
export async function* benchImport(stage: BenchStage): AsyncGenerator<Measure> {
  const directory = mkdtempSync(join(tmpdir(), 'tiaodu-list-'))
  try {
    const { list, copy } = writeFiles(directory)
    await fillFloor(stage.databaseUrl)
    const rounds: { value: number; floor: number; mib: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const found = await onCopyOf(stage.databaseUrl, async (databaseUrl) => {
        const floorSeconds = await copyRows(databaseUrl, copy)
        return { floorSeconds, ...(await load({ ...stage, databaseUrl }, list)) }
      })
      rounds.push({ value: ROWS / found.seconds, floor: ROWS / found.floorSeconds, mib: found.mib })
    }
    const [value, floor] = [median(rounds.map((one) => one.value)), median(rounds.map((one) => one.floor))]
    const ratio = median(rounds.map((one) => one.value / one.floor))
    const mib = Math.max(...rounds.map((one) => one.mib))
    yield toMeasure({ name: 'projects import', goal: GOAL, unit: 'rows/s', value, floor, ratio })
    yield toMeasure({
      name: 'projects import memory',
      goal: 1,
      unit: 'MiB',
      value: mib,
      floor: MAX_MIB,
      ratio: MAX_MIB / mib,
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
