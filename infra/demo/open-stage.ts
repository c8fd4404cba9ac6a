import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Mailbox, startMailbox } from '@tiaodu/embedded'
import { migrateAll } from '../local/database.ts'
import { dropUnfinished, markSampleFinished, markSampleStarted, sampleState } from '../local/sample-state.ts'
import { tokenSecret } from '../local/secrets.ts'
import { type System, startSystem } from '../local/system.ts'
import { type ClockFile, createClockFile } from './clock-file.ts'
import { createPlayers, loadSample, sampleDirectoryOf } from './load-sample.ts'
import { type Players, playQuietMonth } from './month.ts'
import type { Cast } from './people.ts'
import { inShanghai, shiftPeriod } from './periods.ts'
import { DEMO_PERIOD } from './play-month.ts'
import { waitUntilSettled } from './settle.ts'

/** A system whose clock we hold, with the sample and the months before the demo's in it. */
export interface OpenStage {
  readonly system: System
  readonly mailbox: Mailbox
  readonly clock: ClockFile
  readonly players: Players
  close(): Promise<void>
}

const MONTHS_BEFORE = 10

async function prepare(
  system: System,
  clock: ClockFile,
  directory: string,
  months: number,
  say: (line: string) => void,
) {
  const { cast } = await loadSample(system, {
    sampleDirectory: sampleDirectoryOf(system.options.root),
    year: Number(DEMO_PERIOD.slice(0, 4)),
    accountsFile: join(directory, 'demo-accounts.json'),
    say,
  })
  const players = await createPlayers(system, cast)
  for (let month = 0; month < months; month++) {
    const period = shiftPeriod(DEMO_PERIOD, month - months)
    clock.set(inShanghai(period, 27, '10:00'))
    await playQuietMonth(players, period)
  }
  await waitUntilSettled(system.options.databaseUrl)
  const { leaders, ...rest } = cast
  writeFileSync(join(directory, 'cast.json'), JSON.stringify({ ...rest, leaders: [...leaders] }))
  say(`played the ${months} month(s) before (演示数据)`)
}

function readCast(directory: string): Cast {
  const { leaders, ...rest } = JSON.parse(readFileSync(join(directory, 'cast.json'), 'utf8'))
  return { ...rest, leaders: new Map(leaders) }
}

/**
 * Starts the services on a database of the demo's own, with a simulated clock, and loads what the month needs.
 * `months` of history are played at the first opening (the whole year before when absent).
 */
export async function openStage(options: {
  root: string
  directory: string
  databaseUrl: string
  redisUrl?: string | undefined
  portalPort: number
  months?: number
  say: (line: string) => void
}): Promise<OpenStage> {
  const { root, directory, databaseUrl, portalPort, say } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  await migrateAll(databaseUrl)
  if ((await sampleState(databaseUrl)) === 'unfinished' || !existsSync(join(directory, 'cast.json'))) {
    await dropUnfinished(databaseUrl)
    await migrateAll(databaseUrl)
  }
  const isFresh = (await sampleState(databaseUrl)) === 'fresh'
  const clock = createClockFile(join(directory, 'clock'))
  const months = options.months ?? MONTHS_BEFORE
  // The running month opens by itself: time must begin where the play begins.
  clock.set(inShanghai(shiftPeriod(DEMO_PERIOD, -months), 1, '09:00'))
  const mailbox = await startMailbox({ directory: join(directory, 'mail') })
  const close = async (system?: System) => {
    await system?.stop()
    await mailbox.close()
  }
  try {
    const system = await startSystem({
      root,
      directory,
      databaseUrl,
      redisUrl: options.redisUrl,
      smtpUrl: mailbox.url,
      tokenSecret: tokenSecret(directory),
      portalPort,
      clockFile: clock.file,
      sweepSeconds: 1,
    })
    try {
      if (isFresh) {
        await markSampleStarted(databaseUrl)
        await prepare(system, clock, directory, months, say)
        await markSampleFinished(databaseUrl)
      }
      const players = await createPlayers(system, readCast(directory))
      return { system, mailbox, clock, players, close: () => close(system) }
    } catch (error) {
      await system.stop()
      throw error
    }
  } catch (error) {
    await close()
    throw error
  }
}
