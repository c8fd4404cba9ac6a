import { appendEvents } from '@tiaodu/messaging/outbox'
import { type Cycle, refuse, toPeriod, yearOf } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { reportingStagesOf } from '../domain/cycle-rule.ts'
import { workdaysAround } from '../domain/due-date.ts'
import { type NewObligation, toIssuedEvents } from '../domain/obligation.ts'
import type { DB } from '../generated/tables.ts'
import { getRuleAt } from '../repositories/cycle-rules.repository.ts'
import {
  countObligations,
  findCycle,
  insertCycle,
  insertObligations,
  type StoredCycle,
} from '../repositories/cycles.repository.ts'
import { markAll } from '../repositories/marks.repository.ts'
import { listReportingProjects, type ReportingProject } from '../repositories/projects.repository.ts'
import { toCycleView } from './get-cycle.ts'
import { readCalendar, toCycleInstants } from './read-calendar.ts'

const toObligation = ({ id, unitId, regionCode }: ReportingProject): NewObligation => ({
  id: uuidv7(),
  projectId: id,
  unitId,
  regionCode,
})

/** Obligations for a cycle, for the projects that must report and have none yet, with their events. */
export async function issueObligations(trx: Transaction<DB>, cycle: StoredCycle, onlyId: string | null, now: Date) {
  const stages = reportingStagesOf(cycle.period, cycle.preliminaryFrequency)
  const projects = await listReportingProjects(trx, cycle.period, stages, onlyId)
  const obligations = projects.map(toObligation)
  await insertObligations(trx, cycle, obligations)
  await appendEvents(trx, toIssuedEvents(cycle, obligations), now)
  return obligations.length
}

function requireOpenable(period: string, now: Date): void {
  const current = toPeriod(now)
  const oldest = `${yearOf(current) - 1}-01`
  if (period > current || period < oldest) {
    throw refuse('period-not-open', 'period', {
      zh: `可开放的月报期为 ${oldest} 至 ${current}`,
      en: `A cycle can be opened for ${oldest} to ${current}`,
    })
  }
}

/** Opens the cycle of a period with one obligation per project that must report. @throws period-not-open */
export async function openCycle(
  db: Kysely<DB>,
  period: string,
  now: Date,
  isSimulated: boolean,
): Promise<{ cycle: Cycle; isNew: boolean }> {
  requireOpenable(period, now)
  const rule = await getRuleAt(db, now)
  const calendar = await readCalendar(db, period)
  const cycle: StoredCycle = {
    id: uuidv7(),
    period,
    openedAt: now,
    ...toCycleInstants(period, rule, calendar),
    holidayPolicy: rule.holidayPolicy,
    ruleVersion: rule.version,
    preliminaryFrequency: rule.preliminaryFrequency,
    isSimulated,
  }
  const isNew = await db.transaction().execute(async (trx) => {
    if (!(await insertCycle(trx, cycle))) return false
    const obligationCount = await issueObligations(trx, cycle, null, now)
    await markAll(trx, period)
    const workdays = workdaysAround(cycle.dueAt, cycle.lockAt, calendar.isWorkday)
    const payload = {
      cycleId: cycle.id,
      period,
      openedAt: now.toISOString(),
      dueAt: cycle.dueAt.toISOString(),
      lockAt: cycle.lockAt.toISOString(),
      obligationCount,
      workdays,
    }
    await appendEvents(trx, [{ name: 'cycle.opened.v1', payload }], now)
    return true
  })
  const stored = (await findCycle(db, period)) ?? cycle
  const counts = await countObligations(db, [period], now)
  return { cycle: toCycleView(stored, counts.get(period), now), isNew }
}

/** Opens the cycle of the running month when nobody has. */
export async function openDueCycle(db: Kysely<DB>, now: Date, isSimulated: boolean): Promise<boolean> {
  const period = toPeriod(now)
  if ((await findCycle(db, period)) !== undefined) return false
  return (await openCycle(db, period, now, isSimulated)).isNew
}
