import { appendEvents } from '@tiaodu/messaging/outbox'
import { type NewPlanStep, type PlanStep, type PlanStepPatch, ProblemError, refuse, toDateOn } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import {
  assessStepChange,
  decideOwnStep,
  decidePlan,
  decideStepChange,
  isSettled,
  type StoredStep,
  toPlanStep,
} from '../domain/push-plan.ts'
import type { Changes } from '../domain/versions.ts'
import type { DB } from '../generated/tables.ts'
import { findPerson } from '../repositories/people.repository.ts'
import { insertStepVersions, listSteps, lockStep, saveSteps } from '../repositories/plan-steps.repository.ts'
import { listTemplates } from '../repositories/step-templates.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import { findUnit } from '../repositories/units.repository.ts'
import type { Act } from './act.ts'
import { assertVersion } from './assert-version.ts'
import { lockVersion } from './save-version.ts'

type Decided = { readonly step: StoredStep; readonly changes: Changes }

async function save(
  trx: Transaction<DB>,
  decided: readonly Decided[],
  { now, actorId, actorName, reason }: Act & { reason: string | null },
): Promise<void> {
  if (decided.length === 0) return
  await refuseTaken(
    saveSteps(
      trx,
      decided.map(({ step }) => step),
    ),
  )
  const about = { at: now, actorId, actorName, reason }
  await insertStepVersions(
    trx,
    decided.map(({ step: { id: stepId, version }, changes }) => ({ ...about, stepId, version, changes })),
  )
}

// Who has left cannot be given anything new to do.
async function checkNamed(trx: Transaction<DB>, step: Pick<StoredStep, 'unitId' | 'personId'>): Promise<void> {
  if (step.unitId !== null && (await findUnit(trx, step.unitId)) === undefined)
    throw refuse('unknown-reference', 'unitId', { zh: '没有这个单位', en: 'There is no such unit' })
  if (step.personId === null) return
  const person = await findPerson(trx, step.personId)
  if (person === undefined || person.leftOn !== null)
    throw refuse('unknown-reference', 'personId', { zh: '没有此人或已离任', en: 'Nobody in office has this id' })
}

/** The plan of a project as it stands on a day. */
export const listPlan = async (db: Kysely<DB>, projectId: string, now: Date): Promise<{ items: PlanStep[] }> => ({
  items: (await listSteps(db, projectId)).map((step) => toPlanStep(step, toDateOn(now))),
})

/** Gives a project the steps of the templates that its plan lacks. @throws not-found */
export const beginPlan = (
  db: Kysely<DB>,
  { projectId, startOn }: { projectId: string; startOn: string | undefined },
  act: Act,
): Promise<{ items: PlanStep[] }> =>
  db.transaction().execute(async (trx) => {
    // The project is held, so that two plans begun at the same moment are one.
    await lockVersion(trx, projectId, undefined)
    const [templates, present] = [await listTemplates(trx), await listSteps(trx, projectId)]
    await save(trx, decidePlan(projectId, { templates, present, startOn }, uuidv7), { ...act, reason: null })
    return listPlan(trx, projectId, act.now)
  })

/** Adds a step of the project's own. @throws not-found, already-exists, unknown-reference */
export const addStep = (
  db: Kysely<DB>,
  { projectId, id, fields }: { projectId: string; id: string; fields: NewPlanStep },
  act: Act,
): Promise<PlanStep> =>
  db.transaction().execute(async (trx) => {
    await lockVersion(trx, projectId, undefined)
    const decided = decideOwnStep(projectId, id, fields, await listSteps(trx, projectId))
    await checkNamed(trx, decided.step)
    await save(trx, [decided], { ...act, reason: null })
    return toPlanStep(decided.step, toDateOn(act.now))
  })

/** Changes a step; a slip that is over is told. @throws not-found, version-mismatch, validation-failed, unknown-reference, already-exists */
export const changeStep = (
  db: Kysely<DB>,
  request: { projectId: string; id: string; patch: PlanStepPatch; expectedVersion: number | undefined },
  act: Act,
): Promise<PlanStep> =>
  db.transaction().execute(async (trx) => {
    const { projectId, id, patch, expectedVersion } = request
    const current = await lockStep(trx, projectId, id)
    if (current === undefined) throw refuse('not-found', 'stepId', { zh: '没有这个步骤', en: 'There is no such step' })
    assertVersion(current, expectedVersion)
    const today = toDateOn(act.now)
    const { reason = null, ...fields } = patch
    const decided = decideStepChange(current, fields)
    if (decided === undefined) return toPlanStep(current, today)
    const faults = assessStepChange({ step: decided.step, patch }, current, today)
    if (faults.length > 0) throw new ProblemError('validation-failed', undefined, faults)
    const { unitId, personId } = decided.step
    await checkNamed(trx, {
      unitId: unitId === current.unitId ? null : unitId,
      personId: personId === current.personId ? null : personId,
    })
    const isOver = isSettled(decided.step, today)
    const step = isOver ? { ...decided.step, toldDueOn: null } : decided.step
    await save(trx, [{ ...decided, step }], { ...act, reason })
    const settled = { projectId, stepId: id, settledAt: act.now.toISOString() }
    if (isOver) await appendEvents(trx, [{ name: 'step.settled.v1', payload: settled }], act.now)
    return toPlanStep(step, today)
  })
