import { type AnnualPlan, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { markYear } from '../repositories/marks.repository.ts'
import { findAnnualPlan, insertAnnualPlan, lockPlans } from '../repositories/plans.repository.ts'

/** A new version of a project's annual plan; the same plan again changes nothing. */
export const setAnnualPlan = (
  db: Kysely<DB>,
  plan: { projectId: string; year: number; plannedYuan: number; monthlyTargetsYuan: number[] | null },
  by: { actorId: string | null; now: Date; isSimulated: boolean },
): Promise<AnnualPlan> =>
  db.transaction().execute(async (trx) => {
    const { monthlyTargetsYuan, plannedYuan } = plan
    const falls = monthlyTargetsYuan?.findIndex((target, month) => target < (monthlyTargetsYuan[month - 1] ?? 0)) ?? -1
    if (falls > 0)
      throw refuse('validation-failed', `monthlyTargetsYuan.${falls}`, {
        zh: '累计目标不能下降',
        en: 'Cumulative targets cannot fall',
      })
    if (monthlyTargetsYuan !== null && monthlyTargetsYuan[11] !== plannedYuan) {
      throw refuse('validation-failed', 'monthlyTargetsYuan.11', {
        zh: '12 月累计目标应等于年度计划',
        en: 'The target of December is the plan of the year',
      })
    }
    await lockPlans(trx, plan.projectId)
    const current = await findAnnualPlan(trx, plan.projectId, plan.year)
    const isSame =
      current?.plannedYuan === plannedYuan &&
      JSON.stringify(current.monthlyTargetsYuan) === JSON.stringify(monthlyTargetsYuan)
    if (current !== undefined && isSame) return current
    const next: AnnualPlan = { ...plan, version: (current?.version ?? 0) + 1, isSimulated: by.isSimulated }
    await insertAnnualPlan(trx, next, by.actorId, by.now)
    await markYear(trx, next.projectId, next.year)
    return next
  })

/** The plan in force. @throws not-found */
export async function getAnnualPlan(db: Kysely<DB>, projectId: string, year: number): Promise<AnnualPlan> {
  const plan = await findAnnualPlan(db, projectId, year)
  if (plan === undefined)
    throw refuse('not-found', 'year', { zh: '该年度没有计划', en: 'There is no plan for this year' })
  return plan
}
