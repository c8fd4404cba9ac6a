import { appendEvents } from '@tiaodu/messaging/outbox'
import type { Transaction } from 'kysely'
import { type JudgedProject, toToldLight } from '../domain/told-light.ts'
import type { DB } from '../generated/tables.ts'
import { getFundsRule } from '../repositories/funds-rules.repository.ts'
import { findNewestPeriod, listFarAbove, saveToldLights } from '../repositories/told-lights.repository.ts'

const PER_EVENT = 500

/** Tells of projects whose light, or why it is so, has changed in the newest month. */
export async function tellLights(trx: Transaction<DB>, judged: readonly JudgedProject[], now: Date): Promise<void> {
  const period = await findNewestPeriod(trx)
  const newest = judged.filter((one) => one.period === period)
  if (period === undefined || newest.length === 0) return
  const ids = newest.map(({ projectId }) => projectId)
  const gaps = await listFarAbove(trx, ids, period, await getFundsRule(trx))
  const gapOf = new Map(gaps.map((gap) => [gap.projectId, gap]))
  const changed = await saveToldLights(
    trx,
    period,
    newest.map((one) => toToldLight(one, gapOf.get(one.projectId))),
  )
  for (let start = 0; start < changed.length; start += PER_EVENT) {
    const projects = changed.slice(start, start + PER_EVENT)
    const payload = { period, changedAt: now.toISOString(), projects }
    await appendEvents(trx, [{ name: 'lights.changed.v1', payload }], now)
  }
}
