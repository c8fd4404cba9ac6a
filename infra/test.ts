import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { startPostgres } from '@tiaodu/embedded'
import { build } from './local/build.ts'
import { addSummary, type Counts } from './local/tap-summary.ts'

const root = resolve(import.meta.dirname, '..')
const filters = process.argv.slice(2).flatMap((name) => ['--filter', `@tiaodu/${name}`])

// One cluster for all suites; each takes databases of its own from it.
const directory = mkdtempSync(join(tmpdir(), 'tiaodu-tests-'))
const postgres = await startPostgres({ directory, durable: false })
const counts: Counts = { passed: 0, failed: 0, skipped: 0 }

build(root)
const turbo = spawn(
  'npx',
  ['turbo', 'run', 'test', '--force', '--continue', '--concurrency=1', '--log-order=grouped', ...filters],
  {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TEST_DATABASE_URL: postgres.url,
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
    },
    shell: process.platform === 'win32',
  },
)
createInterface({ input: turbo.stdout }).on('line', (line) => {
  console.log(line)
  addSummary(counts, line)
})
const code = await new Promise<number>((done) => turbo.on('close', (status) => done(status ?? 1)))
await postgres.stop()
rmSync(directory, { recursive: true, force: true })

// A suite that dies without a summary has failed, whatever the others counted.
if (code !== 0 && counts.failed === 0) counts.failed = 1
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`)
process.exit(counts.failed > 0 || code !== 0 || counts.passed === 0 ? 1 : 0)
