import { isWithin, type Reach } from '@tiaodu/service'
import { type Actor, refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import type { AssessedMonths, RegionMonths } from '../domain/assessment/regions.ts'
import { assertAbove } from '../domain/assessment/rules.ts'
import type { DB } from '../generated/tables.ts'
import { listCyclesOfYear } from '../repositories/cycles.repository.ts'
import { type NamedAct, toNamedAct } from './act.ts'
import { rankMonth } from './get-ranking.ts'

/** Who assesses, and how far they reach. */
export interface AssessAct extends NamedAct {
  readonly regionCode: string
  readonly reach: Reach
  readonly isSimulated: boolean
}

/** The act of whoever calls a route that assesses. @throws outside-scope for a county */
export function toAssessAct(
  context: Parameters<typeof toNamedAct>[0] & { actor: Actor; reach: Reach },
  isSimulated: boolean,
): AssessAct {
  assertAbove(context.actor.regionCode)
  return { ...toNamedAct(context), regionCode: context.actor.regionCode, reach: context.reach, isSimulated }
}

/** @throws outside-scope */
export function requireReached(regionCode: string, { reach }: AssessAct): void {
  if (isWithin(reach, { unitId: reach.unitId, regionCode })) return
  throw refuse('outside-scope', 'regionCode', {
    zh: '该区域不在您的管理范围内',
    en: 'This region is not within your reach',
  })
}

/** Which of the months of a term are due. */
async function listDueMonths(db: Kysely<DB>, months: readonly string[], now: Date): Promise<string[]> {
  const cycles = await listCyclesOfYear(db, Number(months[0]?.slice(0, 4)))
  const due = cycles.filter(({ period, dueAt }) => months.includes(period) && dueAt <= now)
  return due.map(({ period }) => period).sort()
}

/** What the months of a term that are due say of each region; where it stands among its peers is told by the last. */
export async function readAssessedMonths(
  db: Kysely<DB> | Transaction<DB>,
  ofTerm: readonly string[],
  now: Date,
): Promise<AssessedMonths> {
  const months = await listDueMonths(db, ofTerm, now)
  const regions = new Map<string, RegionMonths>()
  for (const period of months) {
    for (const { peerGroup, peers, rows } of (await rankMonth(db, period, 'region')).groups) {
      for (const figures of peers) {
        const { key, name } = figures
        const score = rows.find((row) => row.key === key)?.score ?? null
        const before = regions.get(key)?.months ?? []
        regions.set(key, { key, name, peerGroup, months: [...before, { period, figures, score }] })
      }
    }
  }
  return { months, regions: [...regions.values()] }
}

/** Every month of a term is due. @throws period-not-due */
export function requireAllDue(ofTerm: readonly string[], { months }: Pick<AssessedMonths, 'months'>): void {
  const missing = ofTerm.find((period) => !months.includes(period))
  if (missing !== undefined)
    throw refuse('period-not-due', 'period', {
      zh: `${missing} 月报尚未截止`,
      en: `The reports of ${missing} are not due yet`,
    })
}
