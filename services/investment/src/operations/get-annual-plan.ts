import { type AnnualPlan, type AnnualPlanAnswer, refuse, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { scheduledOn } from '../domain/schedule.ts'
import type { DB } from '../generated/tables.ts'
import { listStoredPlans } from '../repositories/plans.repository.ts'
import type { OfPlan } from './set-annual-plan.ts'

/** The plan in force, and what it schedules by a day. @throws not-found */
export async function getAnnualPlan(
  db: Kysely<DB>,
  of: OfPlan,
  onDate: string | undefined,
  now: Date,
): Promise<AnnualPlanAnswer> {
  const [plan] = await listStoredPlans(db, of, 1)
  if (plan === undefined)
    throw refuse('not-found', 'year', { zh: '该年度没有计划', en: 'There is no plan for this year' })
  const asOn = onDate ?? toDateOn(now)
  return { ...plan, scheduled: { asOn, ...scheduledOn(plan, of.year, asOn) } }
}

/** Every version, newest first. */
export const listAnnualPlanVersions = async (db: Kysely<DB>, of: OfPlan): Promise<{ items: AnnualPlan[] }> => ({
  items: await listStoredPlans(db, of),
})
