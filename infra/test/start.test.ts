import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { startPostgres } from '@tiaodu/embedded'
import t from 'tap'
import { partsAt } from '../local/parts.ts'
import { useAssessment } from './assessment-pages.ts'
import { openBrowser, signIn } from './browser.ts'
import { useBulletins } from './bulletins-pages.ts'
import { useChecks } from './checks-pages.ts'
import { useFiling } from './filing-pages.ts'
import { useForm } from './form-pages.ts'
import { useIndicators } from './indicators-pages.ts'
import { useLibrary } from './library-pages.ts'
import { useMonth } from './month-pages.ts'
import { useNotifications } from './notification-pages.ts'
import { useOperations } from './operations-pages.ts'
import { useProgrammes } from './programmes-pages.ts'
import { usePushPlan } from './push-plan-pages.ts'
import { useReview } from './review-pages.ts'
import { useSheet } from './sheet-pages.ts'
import { useTokens } from './tokens-pages.ts'
import { useUnits } from './units-pages.ts'

const root = resolve(import.meta.dirname, '../..')
const PORT = 8480
const data = mkdtempSync(join(tmpdir(), 'tiaodu-start-'))
t.teardown(() => rmSync(data, { recursive: true, force: true }))

interface Started {
  readonly seconds: number
  readonly lines: string[]
  stop(): Promise<number | null>
}

/** Types `npm start` as a newcomer does and waits for its last line. */
async function start(): Promise<Started> {
  const began = Date.now()
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...environment } = process.env
  const child: ChildProcess = spawn(process.execPath, ['infra/run.mjs', 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...environment, TIAODU_DATA: data, TIAODU_PORT: String(PORT), TIAODU_SMTP_PORT: String(PORT + 50) },
  })
  const lines: string[] = []
  child.stderr?.on('data', (text) => lines.push(String(text)))
  const exited = new Promise<number | null>((done) => child.on('exit', done))
  const ready = new Promise<void>((done, fail) => {
    if (child.stdout === null) return fail(new Error('no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      if (line.includes('Ctrl-C')) done()
    })
    exited.then((code) => fail(new Error(`npm start ended with ${code}:\n${lines.join('\n')}`)))
  })
  await ready
  return {
    seconds: (Date.now() - began) / 1000,
    lines,
    // Ctrl-C reaches the whole group, as in a terminal.
    stop: () => {
      if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGINT')
      return exited
    },
  }
}

const parts = partsAt(PORT)

t.test('npm start ends with everything healthy, and the page shows 137 projects', async (t) => {
  const first = await start()
  t.teardown(() => first.stop())
  for (const { name, port } of parts) {
    for (const path of ['/healthz', '/readyz']) {
      t.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200, `${name}${path}`)
    }
    t.ok(
      first.lines.some((line) => line.includes(name) && line.includes(String(port))),
      `one line for ${name}`,
    )
  }

  const accountsFile = join(data, 'demo-accounts.json')
  const accounts: { username: string; password: string; role: string }[] = JSON.parse(
    readFileSync(accountsFile, 'utf8'),
  )
  t.same(accounts.map(({ role }) => role).sort(), ['filer', 'head', 'leader', 'operator', 'reviewer', 'supervisor'])
  t.equal(statSync(accountsFile).mode & 0o077, 0, 'nobody else reads the passwords')

  const browser = await openBrowser(t)
  if (browser !== undefined) {
    const supervisor = accounts.find(({ role }) => role === 'supervisor')
    const page = await signIn(
      browser,
      `http://localhost:${PORT}`,
      supervisor?.username ?? '',
      supervisor?.password ?? '',
    )
    await page.getByText('137').first().waitFor()
    await page.getByText('演示数据').first().waitFor()
    await page.getByText('逾期').first().waitFor()
    const operator = accounts.find(({ role }) => role === 'operator')
    await useLibrary(t, browser, {
      url: `http://localhost:${PORT}`,
      username: operator?.username ?? '',
      password: operator?.password ?? '',
      directory: data,
    })
    await useForm(t, browser, {
      url: `http://localhost:${PORT}`,
      username: operator?.username ?? '',
      password: operator?.password ?? '',
    })
    const accountOf = (wanted: string) => accounts.find(({ role }) => role === wanted) ?? { username: '', password: '' }
    await usePushPlan(t, browser, {
      url: `http://localhost:${PORT}`,
      operator: accountOf('operator'),
      reader: accountOf('supervisor'),
    })
    await useProgrammes(t, browser, {
      url: `http://localhost:${PORT}`,
      operator: accountOf('operator'),
      reader: accountOf('supervisor'),
    })
    await useUnits(t, browser, {
      url: `http://localhost:${PORT}`,
      operator: accountOf('operator'),
      reader: accountOf('supervisor'),
    })
    await useTokens(t, browser, {
      url: `http://localhost:${PORT}`,
      operator: accountOf('operator'),
      reader: accountOf('supervisor'),
    })
    await useChecks(t, browser, {
      url: `http://localhost:${PORT}`,
      filer: accountOf('filer'),
      reviewer: accountOf('reviewer'),
    })
    await useSheet(t, browser, { url: `http://localhost:${PORT}`, filer: accountOf('filer') })
    await useFiling(t, browser, {
      url: `http://localhost:${PORT}`,
      filer: accountOf('filer'),
      reviewer: accountOf('reviewer'),
    })
    await useReview(t, browser, {
      url: `http://localhost:${PORT}`,
      filer: accountOf('filer'),
      reviewer: accountOf('reviewer'),
    })
    await useNotifications(t, browser, {
      url: `http://localhost:${PORT}`,
      filer: accountOf('filer'),
      head: accountOf('head'),
      supervisor: accountOf('supervisor'),
      operator: accountOf('operator'),
    })
    const { url: databaseUrl } = await startPostgres({ directory: join(data, 'postgres') })
    await useOperations(t, browser, {
      ...{ url: `http://localhost:${PORT}`, databaseUrl },
      operator: accountOf('operator'),
      reader: accountOf('supervisor'),
    })
    await useMonth(t, browser, {
      url: `http://localhost:${PORT}`,
      filer: accountOf('filer'),
      reviewer: accountOf('reviewer'),
      supervisor: accountOf('supervisor'),
      operator: accountOf('operator'),
    })
    await useBulletins(t, browser, {
      url: `http://localhost:${PORT}`,
      supervisor: accountOf('supervisor'),
      reader: accountOf('leader'),
    })
    await useAssessment(t, browser, { url: `http://localhost:${PORT}`, supervisor: accountOf('supervisor') })
    await useIndicators(t, browser, {
      url: `http://localhost:${PORT}`,
      operator: accountOf('operator'),
      reader: accountOf('supervisor'),
      directory: data,
    })
  }

  t.equal(await first.stop(), 0, 'Ctrl-C stops cleanly')
  for (const { port } of parts) await t.rejects(fetch(`http://127.0.0.1:${port}/healthz`), `nothing listens on ${port}`)

  const second = await start()
  t.teardown(() => second.stop())
  t.notOk(
    second.lines.some((line) => line.includes('First start')),
    'the second start keeps the data',
  )
  t.equal((await fetch(`http://127.0.0.1:${PORT}/readyz`)).status, 200)
  const again = spawn(process.execPath, ['infra/run.mjs', 'start'], {
    cwd: root,
    env: { ...process.env, TIAODU_DATA: data },
  })
  t.equal(await new Promise((done) => again.on('exit', done)), 1, 'a third one beside it refuses to start')
  t.equal(await second.stop(), 0)
})
