import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import { type QueryOf, type ResponseOf, refuse, type routes, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toPlanStep } from '../domain/push-plan.ts'
import type { DB } from '../generated/tables.ts'
import { listOpenSteps, listSteps, listStepVersions } from '../repositories/plan-steps.repository.ts'

/** A page of open steps of many projects, the earliest due day first. @throws validation-failed for a cursor that is not ours */
export async function listDueSteps(
  db: Kysely<DB>,
  { cursor, limit = 20, dueBefore, kind, regionCode, unitId }: QueryOf<typeof routes.listDueSteps>,
  reach: Reach,
  now: Date,
): Promise<ResponseOf<typeof routes.listDueSteps>> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['date', 'id'])
  const steps = await listOpenSteps(db, { dueBefore, kind, regionCode, unitId, after, limit: limit + 1 }, reach)
  const { items, nextCursor } = toPage(steps, limit, ({ dueOn, id }) => [dueOn ?? '', id])
  const today = toDateOn(now)
  const listed = items.map(({ projectName, regionName, unitName, ...step }) => ({
    ...toPlanStep(step, today),
    projectId: step.projectId,
    projectName,
    regionName,
    unitName,
  }))
  return { items: listed, nextCursor }
}

/** A page of the versions of a step, newest first. @throws not-found, validation-failed for a cursor that is not ours */
export async function listStepVersionPage(
  db: Kysely<DB>,
  { id, stepId }: { id: string; stepId: string },
  { cursor, limit = 20 }: QueryOf<typeof routes.listPlanStepVersions>,
): Promise<ResponseOf<typeof routes.listPlanStepVersions>> {
  const before = cursor === undefined ? undefined : Number(fromCursor(cursor, ['count'])[0])
  if (!(await listSteps(db, id)).some((step) => step.id === stepId))
    throw refuse('not-found', 'stepId', { zh: '没有这个步骤', en: 'There is no such step' })
  const versions = await listStepVersions(db, stepId, { before, limit: limit + 1 })
  return toPage(versions, limit, ({ version }) => [String(version)])
}
