import type { System } from '../local/system.ts'
import type { ClockFile } from './clock-file.ts'
import { fractionOf } from './figures.ts'
import { createPlayers } from './load-sample.ts'
import { approveReport, fileReport, forEach, listAllObligations, type Players, playQuietMonth } from './month.ts'
import type { Cast } from './people.ts'
import { inShanghai, periodOf, shiftPeriod } from './periods.ts'
import { waitUntilSettled } from './settle.ts'

/** Units of this share file late or not at all, so that there is something to supervise. */
const LATE_SHARE = 0.15
/** Units of this share have filed for the running month already. */
const EARLY_SHARE = 0.4

const isLate = (projectName: string) => fractionOf(`late ${projectName}`) < LATE_SHARE
const isEarly = (projectName: string) => fractionOf(`early ${projectName}`) < EARLY_SHARE

/** The last period whose due instant is past. */
async function playLastDueMonth(players: Players, period: string): Promise<void> {
  await players.operator.openCycle({ body: { period } })
  const obligations = await listAllObligations(players.operator, period)
  const inTime = obligations.filter(({ projectName }) => !isLate(projectName))
  await forEach(inTime, (obligation) => fileReport(players, obligation))
  await forEach(inTime, (obligation) => approveReport(players, obligation))
}

/** The running period: some have filed, some of these are approved. */
async function playRunningMonth(players: Players, period: string): Promise<void> {
  await players.operator.openCycle({ body: { period } })
  const early = (await listAllObligations(players.operator, period)).filter(({ projectName }) => isEarly(projectName))
  await forEach(early, (obligation) => fileReport(players, obligation))
  await forEach(early.slice(0, Math.floor(early.length / 2)), (obligation) => approveReport(players, obligation))
}

/** The first month whose reports are played: January of the year of the last due period. */
export function historyOf(now: Date): { quiet: string[]; lastDue: string; running: string } {
  const running = periodOf(now)
  // On the first days of a month the period before is not due yet; the one before that always is by the 20th.
  const dayOfMonth = new Date(now.getTime() + 8 * 3_600_000).getUTCDate()
  const lastDue = shiftPeriod(running, dayOfMonth > 12 ? -1 : -2)
  const quiet = Array.from({ length: Number(lastDue.slice(5)) - 1 }, (_, index) =>
    shiftPeriod(lastDue, index + 1 - Number(lastDue.slice(5))),
  )
  return { quiet, lastDue, running }
}

/**
 * Plays the year so far on a simulated clock, so that the first page has figures (演示数据): quiet months, then the last
 * due month with some reports missing, then the running month half way.
 */
export async function playFirstDays(
  system: System,
  cast: Cast,
  clock: ClockFile,
  now: Date,
  say: (line: string) => void,
): Promise<void> {
  const players = await createPlayers(system, cast)
  const { quiet, lastDue, running } = historyOf(now)
  for (const period of quiet) {
    clock.set(inShanghai(period, 27, '10:00'))
    await playQuietMonth(players, period)
  }
  clock.set(inShanghai(lastDue, 27, '10:00'))
  await playLastDueMonth(players, lastDue)
  const between = shiftPeriod(lastDue, 1)
  if (between !== running) {
    clock.set(inShanghai(between, 27, '10:00'))
    await playLastDueMonth(players, between)
  }
  clock.set(now)
  await playRunningMonth(players, running)
  await waitUntilSettled(system.options.databaseUrl)
  say(`played ${quiet[0] ?? lastDue} to ${running} (演示数据)`)
}
