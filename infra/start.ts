import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startMailbox } from '@tiaodu/embedded'
import { createClockFile } from './demo/clock-file.ts'
import { historyOf, playFirstDays } from './demo/first-days.ts'
import { loadSample, sampleDirectoryOf } from './demo/load-sample.ts'
import { inShanghai } from './demo/periods.ts'
import { build } from './local/build.ts'
import { migrateAll, openDatabase } from './local/database.ts'
import { holdOnly } from './local/only-one.ts'
import { partsAt } from './local/parts.ts'
import { takenPorts } from './local/ports.ts'
import { dropUnfinished, markSampleFinished, markSampleStarted, sampleState } from './local/sample-state.ts'
import { tokenSecret } from './local/secrets.ts'
import { type System, startSystem } from './local/system.ts'

const root = resolve(import.meta.dirname, '..')
const directory = resolve(process.env.TIAODU_DATA ?? join(root, '.data'))
const portalPort = Number(process.env.TIAODU_PORT ?? 8080)
const smtpPort = Number(process.env.TIAODU_SMTP_PORT ?? 2525)
const say = (line: string) => console.log(line)
const tell = (part: string, address: string) => say(`  ${part.padEnd(22)} ${address}`)

holdOnly(directory, `http://localhost:${portalPort}`)
const taken = await takenPorts(partsAt(portalPort).map((part) => part.port))
if (taken.length > 0) {
  console.error(
    `Something else listens on port ${taken.join(', ')}. Stop it, or choose others: TIAODU_PORT=9080 npm start`,
  )
  process.exit(1)
}

build(root)
const database = await openDatabase(join(directory, 'postgres'), { isOwner: true })
const mailbox =
  process.env.SMTP_URL === undefined
    ? await startMailbox({ port: smtpPort, directory: join(directory, 'mail') })
    : undefined
let system: System | undefined

let stopping: Promise<never> | undefined
const stop = (code: number): Promise<never> => {
  stopping ??= (async () => {
    say('\nStopping …')
    await system?.stop()
    await mailbox?.close()
    await database.release()
    process.exit(code)
  })()
  return stopping
}
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))

try {
  const applied = await migrateAll(database.url)
  if ((await sampleState(database.url)) === 'unfinished') {
    say('The first start was interrupted; beginning anew')
    await dropUnfinished(database.url)
    await migrateAll(database.url)
  }
  if (applied.length > 0) say(`Applied ${applied.length} migrations`)
  const options = {
    root,
    directory,
    databaseUrl: database.url,
    redisUrl: process.env.REDIS_URL,
    smtpUrl: process.env.SMTP_URL ?? mailbox?.url ?? '',
    tokenSecret: tokenSecret(directory),
    portalPort,
  }
  if ((await sampleState(database.url)) === 'fresh') {
    await markSampleStarted(database.url)
    say('First start: loading the sample (a minute at most) …')
    const now = new Date()
    const clock = createClockFile(join(directory, 'first-start-clock'))
    const { lastDue, quiet } = historyOf(now)
    clock.set(inShanghai(quiet[0] ?? lastDue, 1, '09:00'))
    system = await startSystem({ ...options, clockFile: clock.file })
    const year = Number(lastDue.slice(0, 4))
    const accountsFile = join(directory, 'demo-accounts.json')
    const sample = await loadSample(system, {
      sampleDirectory: sampleDirectoryOf(root),
      year,
      accountsFile,
      say: (line) => say(`  ${line}`),
    })
    await playFirstDays(system, sample.cast, clock, now, (line) => say(`  ${line}`))
    await markSampleFinished(database.url)
    await system.stop()
  }
  system = await startSystem(options)
  say('\nTiaodu 调度 is running:')
  tell('database', database.description)
  tell('queues', process.env.REDIS_URL === undefined ? 'BullMQ on PostgreSQL' : 'BullMQ on Redis (REDIS_URL)')
  tell('mail', mailbox === undefined ? 'SMTP_URL' : `${mailbox.url}, kept in .data/mail`)
  for (const { part } of system.parts) tell(part.name, `http://localhost:${part.port}`)
  say(`\n  Open ${system.url} and sign in with an account of .data/demo-accounts.json`)
  const supervisor = JSON.parse(readFileSync(join(directory, 'demo-accounts.json'), 'utf8')).find(
    (account: { role: string }) => account.role === 'supervisor',
  )
  if (supervisor !== undefined) say(`  for instance ${supervisor.username} / ${supervisor.password}`)
  say('  Ctrl-C stops everything; the data stays in .data/')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
}
