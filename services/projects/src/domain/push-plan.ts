import {
  addDays,
  type Fault,
  type NewPlanStep,
  type PlanStep,
  type PlanStepPatch,
  type StepStatus,
  type StepTemplate,
} from '@tiaodu/types'
import { type Changes, toChanges } from './versions.ts'

/** A step as it is stored; its status follows from the day on which it is looked at. */
export interface StoredStep extends Omit<PlanStep, 'status' | 'slippedDays'> {
  readonly projectId: string
  /** The due day of which others have been told that it has passed; null when there is nothing to take back. */
  readonly toldDueOn: string | null
}
type Decided = { readonly step: StoredStep; readonly changes: Changes }

// From how many days before its due day on a step is called 临近.
const SOON_DAYS = 14

const DAY_MS = 86_400_000
const FIELDS = [
  'kind',
  'name',
  'dueOn',
  'doneOn',
  'progressPercent',
  'unitId',
  'personId',
  'evidence',
  'note',
  'isNeeded',
] as const

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** What is to be said of a step on a day. */
export function statusOf({ isNeeded, dueOn, doneOn }: StoredStep, today: string): StepStatus {
  if (!isNeeded) return 'notNeeded'
  if (doneOn !== null) return dueOn !== null && doneOn > dueOn ? 'doneLate' : 'done'
  if (dueOn === null) return 'unplanned'
  if (dueOn < today) return 'slipped'
  return daysBetween(today, dueOn) <= SOON_DAYS ? 'dueSoon' : 'open'
}

/** The step as it is shown on a day. */
export function toPlanStep(step: StoredStep, today: string): PlanStep {
  const { projectId: _project, toldDueOn: _told, ...shown } = step
  const { isNeeded, dueOn, doneOn } = step
  const slippedDays = !isNeeded || dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, doneOn ?? today))
  return { ...shown, status: statusOf(step, today), slippedDays }
}

const NOTHING_DONE = {
  doneOn: null,
  progressPercent: 0,
  unitId: null,
  personId: null,
  evidence: null,
  note: null,
  isNeeded: true,
  toldDueOn: null,
  version: 1,
} as const

const toDecided = (step: StoredStep): Decided => ({
  step,
  changes: toChanges(FIELDS, { ...step, ...NOTHING_DONE, name: '', dueOn: null }, step),
})

/** The steps that a plan lacks of the templates; due days count from its start. */
export function decidePlan(
  projectId: string,
  {
    templates,
    present,
    startOn,
  }: { templates: readonly StepTemplate[]; present: readonly StoredStep[]; startOn: string | undefined },
  newId: () => string,
): Decided[] {
  const has = (one: StepTemplate) =>
    present.some(({ code, kind, name }) => code === one.code || (kind === one.kind && name === one.name))
  return templates
    .filter((template) => template.isActive && !has(template))
    .map(({ code, kind, name, position, days }) => {
      const dueOn = startOn === undefined || days === null ? null : addDays(startOn, days)
      return toDecided({ ...NOTHING_DONE, id: newId(), projectId, code, kind, name, position, dueOn })
    })
}

/** A step of the project's own, after the others of its kind. */
export function decideOwnStep(
  projectId: string,
  id: string,
  fields: NewPlanStep,
  present: readonly StoredStep[],
): Decided {
  const position = Math.max(0, ...present.filter(({ kind }) => kind === fields.kind).map((one) => one.position)) + 1
  return toDecided({ ...NOTHING_DONE, dueOn: null, ...fields, id, projectId, code: null, position })
}

/**
 * The step after a change, or undefined when nothing differs. What is done is at 100, and what falls back below is no
 * longer done.
 */
export function decideStepChange(current: StoredStep, patch: Omit<PlanStepPatch, 'reason'>): Decided | undefined {
  const { doneOn = current.doneOn, progressPercent = current.progressPercent } = patch
  const isTakenBack = patch.doneOn === null && current.doneOn !== null
  const step = {
    ...current,
    ...patch,
    progressPercent: doneOn === null ? progressPercent : 100,
    ...(isTakenBack && patch.progressPercent === undefined ? { progressPercent: 0 } : {}),
    version: current.version + 1,
  }
  const changes = toChanges(FIELDS, current, step)
  return changes.length === 0 ? undefined : { step, changes }
}

/** What is wrong with a change of a step. */
export function assessStepChange(
  { step, patch }: { step: StoredStep; patch: PlanStepPatch },
  current: StoredStep,
  today: string,
): Fault[] {
  const faults: Fault[] = []
  if (step.doneOn !== null && step.doneOn > today)
    faults.push({ field: 'doneOn', reason: { zh: '完成日期不能晚于今天', en: 'The day lies in the future' } })
  if (step.doneOn !== null && patch.progressPercent !== undefined && patch.progressPercent < 100)
    faults.push({ field: 'progressPercent', reason: { zh: '已完成的步骤进度为 100', en: 'What is done is at 100' } })
  if (step.doneOn !== null && step.kind === 'procedure' && step.evidence === null)
    faults.push({ field: 'evidence', reason: { zh: '手续办结须填文号', en: 'A procedure is done by its document' } })
  if (step.doneOn !== null && !step.isNeeded)
    faults.push({ field: 'isNeeded', reason: { zh: '已完成的步骤不能标为不需要', en: 'What is done was needed' } })
  const isMoved = current.dueOn !== null && step.dueOn !== current.dueOn
  if ((isMoved || step.isNeeded !== current.isNeeded) && patch.reason === undefined)
    faults.push({
      field: 'reason',
      reason: { zh: '调整期限或是否需要须说明原因', en: 'Another due day, or doing without, needs a reason' },
    })
  return faults
}

/** Whether others are to be told that a slip of which they know is over. */
export const isSettled = (step: StoredStep, today: string): boolean =>
  step.toldDueOn !== null && statusOf(step, today) !== 'slipped'
