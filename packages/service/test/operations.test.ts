import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import Type from 'typebox'
import { ConfigError, createClock, readConfig, serviceConfig } from '../src/index.ts'
import { createTestApp } from './fixtures/app.ts'

t.test('ready means that every part works; else the one that does not is named', async (t) => {
  let isUp = true
  const check = async () => {
    if (!isUp) throw new Error('no connection')
  }
  const { app } = createTestApp({ checks: { database: check, queue: async () => {} } })
  t.teardown(() => app.close())
  t.match(await app.inject('/readyz'), { statusCode: 200 })
  isUp = false
  const answer = await app.inject('/readyz')
  t.equal(answer.statusCode, 503)
  t.same(answer.json(), { status: 'not ready', checks: { database: 'no connection', queue: 'ok' } })
  t.match(await app.inject('/healthz'), { statusCode: 200 }, 'it lives all the same')
})

t.test('a part that never answers, or breaks before it starts, is not ready', async (t) => {
  const { app } = createTestApp({
    checks: {
      hangs: () => new Promise(() => {}),
      breaks: () => {
        throw new Error('no such thing')
      },
    },
  })
  t.teardown(() => app.close())
  const answer = await app.inject('/readyz')
  t.match([answer.statusCode, answer.json().checks], [503, { hangs: /^no answer/, breaks: 'no such thing' }])
})

t.test('metrics count requests by route, never by address', async (t) => {
  const { app } = createTestApp()
  t.teardown(() => app.close())
  await app.inject('/api/v1/failure')
  await app.inject('/api/v1/things/01932f5e-0000-7000-8000-000000000001')
  const { body } = await app.inject('/metrics')
  t.match(body, /http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/failure",status="500"\} 1/)
  t.match(body, /route="\/api\/v1\/things\/:id",status="401"\} 1/)
})

t.test('metrics tell numbers of the service’s own, NaN while there is none', async (t) => {
  let differences: number | undefined
  const gauges = [{ name: 'differences', help: 'How many', read: async () => differences }]
  const { app } = createTestApp({ gauges })
  t.teardown(() => app.close())
  t.match((await app.inject('/metrics')).body, /^differences nan$/im)
  differences = 2
  t.match((await app.inject('/metrics')).body, /^differences 2$/m)
})

t.test('a configuration names every variable that is missing or wrong', (t) => {
  const schema = Type.Object({ ...serviceConfig, PORT: Type.Integer({ default: 8081 }) })
  const good = { DATABASE_URL: 'postgres://x', TOKEN_SECRET: 's'.repeat(32) }
  t.match(readConfig(schema, { ...good, PORT: '9000', PATH: '/bin' }), { ...good, PORT: 9000, HOST: '127.0.0.1' })
  t.equal(readConfig(schema, { ...good, PORT: '' }).PORT, 8081, 'set to nothing is absent')
  const read = () => readConfig(schema, { TOKEN_SECRET: 'short', PORT: 'many' })
  t.throws(read, ConfigError)
  for (const name of ['DATABASE_URL', 'TOKEN_SECRET', 'PORT']) t.throws(read, new RegExp(name))
  t.end()
})

t.test('a clock stands where its file says, and what it times is marked as simulated', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'tiaodu-clock-'))
  t.teardown(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'clock')
  writeFileSync(file, '2026-12-05T18:00:00+08:00\n')
  const clock = createClock(file)
  t.equal(clock.now().toISOString(), '2026-12-05T10:00:00.000Z')
  writeFileSync(file, '2026-12-07T10:00:00Z')
  t.equal(clock.now().toISOString(), '2026-12-07T10:00:00.000Z')
  t.equal(clock.isSimulated, true)
  t.equal(createClock().isSimulated, false)
  writeFileSync(file, 'tomorrow')
  t.throws(() => clock.now(), /tomorrow/)
  t.end()
})
