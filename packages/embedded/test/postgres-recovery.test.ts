import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { startPostgres, stopPostgres } from '../src/index.ts'
import { ask } from './fixtures/ask.ts'
import { startElsewhere } from './fixtures/other-process.ts'

const notRoot = process.geteuid?.() === 0 ? false : 'NOT CHECKED: this does not run as root'
const NOBODY = 65534
const parent = await mkdtemp(join(await realpath(tmpdir()), 'tiaodu-recovery-'))
const directory = join(parent, 'server')
const pidFile = join(directory, 'data', 'postmaster.pid')

t.teardown(async () => {
  await stopPostgres(directory)
  await rm(parent, { recursive: true, force: true })
})

async function postmasterPid(): Promise<number> {
  return Number((await readFile(pidFile, 'utf8')).split('\n')[0])
}

t.test('processes that start the same directory at once share one server', async (t) => {
  const started = await Promise.all(['a', 'b', 'c'].map(() => startElsewhere(directory, 'leave')))
  t.equal(new Set(started.map((one) => one.url)).size, 1)
  t.equal(started.filter((one) => !one.reused).length, 1, 'one started it')
  t.same(
    (await readdir(directory)).filter((name) => /^(starting|data-new)/.test(name)),
    [],
    'no lock is left',
  )
  t.equal((await startPostgres({ directory })).reused, true, 'it outlives the process that started it')
  t.equal(await stopPostgres(directory), true)
})

t.test('Ctrl-C and kill -9 of our process leave the server running', async (t) => {
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const other = await startElsewhere(directory, 'wait', { detached: true })
    const ended = once(other.child, 'close')
    process.kill(-(other.child.pid ?? 0), signal)
    await ended
    t.same(await ask(other.url, 'select 1 as one'), [{ one: 1 }], signal)
  }
  await stopPostgres(directory)
})

t.test('after kill -9 of the server the next start ends busy backends and recovers what was committed', async (t) => {
  const server = await startPostgres({ directory })
  await ask(server.url, 'create table report as select generate_series(1, 1000) as id')
  const busy = ask(server.url, 'select count(*) from generate_series(1, 2000000000) as busy(id)')
  await sleep(100)
  const gone = t.rejects(busy)
  process.kill(await postmasterPid(), 'SIGKILL')
  const again = await startPostgres({ directory })
  t.equal(again.reused, false)
  t.same(await ask(again.url, 'select count(*)::int as count from report'), [{ count: 1000 }])
  await gone
  await server.stop()
  t.same(await ask(again.url, 'select 1 as one'), [{ one: 1 }], 'stop of the dead server does not touch the new one')
  await again.stop()
})

t.test('a stale postmaster.pid whose number is now another program does no harm to either', async (t) => {
  const server = await startPostgres({ directory, durable: false })
  const contents = await readFile(pidFile, 'utf8')
  await server.stop()
  const stranger = spawn('sleep', ['600'], { stdio: 'ignore' })
  await writeFile(pidFile, contents.replace(/^\d+/, String(stranger.pid)), { mode: 0o600 })
  const again = await startPostgres({ directory, durable: false })
  t.equal(again.reused, false)
  t.same(await ask(again.url, 'select count(*)::int as count from report'), [{ count: 1000 }])
  await again.stop()
  t.equal(stranger.exitCode, null, 'the other program lives')
  stranger.kill()
})

t.test('a lock left by a dead process, or damaged by a power cut, is broken', async (t) => {
  const dead = spawn('true')
  await once(dead, 'close')
  for (const owner of [JSON.stringify({ token: 'dead', pid: dead.pid, startedAt: '1' }), '']) {
    await mkdir(join(directory, 'starting'))
    await writeFile(join(directory, 'starting', 'owner.json'), owner)
    const [first, second] = await Promise.all([1, 2].map(() => startPostgres({ directory, durable: false })))
    t.same([first?.reused, second?.reused].sort(), [false, true])
    await stopPostgres(directory)
  }
})

t.test('an ordinary user runs it plainly', { skip: notRoot && `${notRoot}, so the other tests show it` }, async (t) => {
  const home = await mkdtemp(join(await realpath(tmpdir()), 'tiaodu-nobody-'))
  await chown(home, NOBODY, NOBODY)
  const env = { PATH: process.env.PATH, TMPDIR: home }
  const options = { uid: NOBODY, gid: NOBODY, cwd: home, env }
  const inside = join(home, 'server')
  const first = await startElsewhere(inside, 'leave', options)
  t.match(first, { uid: NOBODY, reused: false })
  t.same(await ask(first.url, 'select 1 as one'), [{ one: 1 }])
  t.equal((await startElsewhere(inside, 'stop', options)).reused, true)
  t.equal((await stat(join(inside, 'data'))).uid, NOBODY)
  await t.rejects(startPostgres({ directory: inside }), /belongs to the user 65534, and this process runs as 0/)
  t.equal(await stopPostgres(inside), true)
  await rm(home, { recursive: true })
})

t.test('root runs it in a user namespace and its files belong to root', { skip: notRoot }, async (t) => {
  const server = await startPostgres({ directory, durable: false })
  t.equal((await stat(join(directory, 'data', 'PG_VERSION'))).uid, 0)
  t.match(await readFile(`/proc/${await postmasterPid()}/uid_map`, 'utf8'), /65534\s+0\s+1\n/)
  await server.stop()
})
