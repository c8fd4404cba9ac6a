import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { serviceCommand } from '../local/service-command.ts'
import { type Measure, toMeasure } from './measure.ts'
import type { BenchStage } from './stage.ts'

const ROWS = 100_000
const GOAL = 0.5
const MAX_MIB = 300
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
  writeFileSync(copy, `${[HEADER, ...copyLines].join('\n')}\n`, { mode: 0o644 })
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

/** Loading a list with all checks, history and events, against COPY of the same rows into a table with the same indexes and as many rows. */
export async function benchImport(stage: BenchStage): Promise<Measure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'tiaodu-list-'))
  // PostgreSQL reads the file itself, as a user of its own.
  chmodSync(directory, 0o755)
  const client = new pg.Client({ connectionString: stage.databaseUrl, options: '-c search_path=projects' })
  await client.connect()
  try {
    const { list, copy } = writeFiles(directory)
    // Of the same shape, and as full.
    await client.query('create table floor_projects (like projects including all)')
    await client.query(`insert into floor_projects (${HEADER}) select ${HEADER} from projects`)
    await client.query('analyze floor_projects')
    const started = performance.now()
    await client.query(`copy floor_projects (${HEADER}) from '${copy}' csv header`)
    const floorSeconds = (performance.now() - started) / 1000
    const { seconds, mib } = await load(stage, list)
    const [value, floor] = [ROWS / seconds, ROWS / floorSeconds]
    return [
      toMeasure({ name: 'projects import', goal: GOAL, unit: 'rows/s', value, floor, ratio: value / floor }),
      toMeasure({
        name: 'projects import memory',
        goal: 1,
        unit: 'MiB',
        value: mib,
        floor: MAX_MIB,
        ratio: MAX_MIB / mib,
      }),
    ]
  } finally {
    await client.end()
    rmSync(directory, { recursive: true, force: true })
  }
}
