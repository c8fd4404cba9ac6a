import { type AlertKind, addDays, addMonths, type EventPayload, toInstant } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { closeAlerts, openAlerts } from '../repositories/alerts.repository.ts'
import { takeNewer } from '../repositories/lights.repository.ts'

/** The reasons of a light that have an alert of their own. */
const KINDS = ['start-missed', 'behind-schedule', 'funds-gap'] as const satisfies readonly AlertKind[]
const END_OF_DAY = '23:59'

/** What is held against projects in the newest month has its alerts; what is no longer, closes them. */
export async function noteLights(
  trx: Transaction<DB>,
  { period, changedAt, projects }: EventPayload<'lights.changed.v1'>,
): Promise<void> {
  const newer = await takeNewer(trx, projects)
  const now = new Date(changedAt)
  const dueAt = toInstant(addDays(`${addMonths(period, 1)}-01`, -1), END_OF_DAY)
  for (const kind of KINDS) {
    const held = newer.flatMap(({ projectId, reasons }) => {
      const reason = reasons.find(({ code }) => code === kind)
      if (reason === undefined) return []
      const about = { kind, subjectId: projectId, projectId, period, label: reason.zh }
      return [{ ...about, dueAt: dueAt < now ? dueAt : now, doerId: null, doerUnitId: null }]
    })
    await openAlerts(trx, held, now)
    const free = newer.filter(({ reasons }) => reasons.every(({ code }) => code !== kind))
    const freed = free.map(({ projectId }) => projectId)
    if (freed.length > 0) await closeAlerts(trx, kind, freed, now)
  }
}
