import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const good = { DATABASE_URL: 'postgres://x', TOKEN_SECRET: 's'.repeat(32) }
const file = fileURLToPath(new URL('fixtures/process.ts', import.meta.url))
const nodeArguments = ['--conditions=@tiaodu/source', '--import', import.meta.resolve('tsx'), file]

/** Runs the fixture to its end; as soon as it says that it runs it is sent `signal`. */
const runToEnd = (env: Record<string, string>, signal: NodeJS.Signals = 'SIGTERM') =>
  new Promise<{ code: number | null; out: string; err: string }>((done, fail) => {
    const child = spawn(process.execPath, nodeArguments, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { out: '', err: '' }
    child.stdout.on('data', (data) => {
      const wasRunning = text.out.includes('"running"')
      text.out += data
      if (!wasRunning && text.out.includes('"running"')) child.kill(signal)
    })
    child.stderr.on('data', (data) => {
      text.err += data
    })
    child.on('error', fail)
    child.on('close', (code) => done({ code, ...text }))
  })

t.test('a process that is told to stop closes what it started, then ends well', async (t) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { code, out } = await runToEnd(good, signal)
    t.equal(code, 0, signal)
    t.match(out, /"msg":"closed"/)
    t.match(out, /"accept":"text\/html"/)
    t.notMatch(out, /hunter2/, 'its log holds no password, token or cookie, at the top or below it')
  }
})

t.test('a process without its configuration ends with what is missing, not with a stack or a secret', async (t) => {
  const { code, out, err } = await runToEnd({ TOKEN_SECRET: 'too-short-a-secret' })
  t.equal(code, 1)
  t.match(err, /DATABASE_URL/)
  t.match(err, /TOKEN_SECRET.*32/)
  t.notMatch(err, /too-short-a-secret|\n +at /)
  t.equal(out, '', 'it never ran')
})
