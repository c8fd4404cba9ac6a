import type { AnnualPlan, BodyOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { contentOf, requireReason, toPlanContent } from '../domain/annual-plan.ts'
import { isSame } from '../domain/is-same.ts'
import type { DB } from '../generated/tables.ts'
import { markYear } from '../repositories/marks.repository.ts'
import { getStoredPlan, insertAnnualPlan, listStoredPlans, lockPlans } from '../repositories/plans.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'

/** Whose plan. */
export interface OfPlan {
  readonly projectId: string
  readonly year: number
}

/** A new version of a project's annual plan; the same plan again changes nothing. @throws version-mismatch, validation-failed */
export const setAnnualPlan = (
  db: Kysely<DB>,
  of: OfPlan,
  { reason, ...entered }: BodyOf<typeof routes.putAnnualPlan>,
  act: NamedAct & { readonly isSimulated: boolean },
): Promise<AnnualPlan> =>
  db.transaction().execute(async (trx) => {
    const content = toPlanContent(entered)
    await lockPlans(trx, of.projectId)
    const [current] = await listStoredPlans(trx, of, 1)
    assertVersion(current?.version ?? 0, act)
    if (current !== undefined && isSame(contentOf(current), content)) return current
    requireReason(current, reason)
    const version = (current?.version ?? 0) + 1
    await insertAnnualPlan(
      trx,
      { ...of, ...content, version, reason: reason ?? null, isSimulated: act.isSimulated },
      act,
    )
    await markYear(trx, of.projectId, of.year)
    return await getStoredPlan(trx, of)
  })
