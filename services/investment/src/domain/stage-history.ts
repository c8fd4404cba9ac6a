import { STAGE_CODES, type Stage } from '@tiaodu/types'

/** A project came to a stage on a day. */
export interface StageEntry {
  readonly stage: Stage
  readonly enteredOn: string
}

/** The stage in which a project stood when a day ended; undefined before it was known. Entries are in their order. */
export const stageOn = (entries: readonly StageEntry[], on: string): Stage | undefined =>
  entries.findLast(({ enteredOn }) => enteredOn <= on)?.stage

/** Whether a project stood in a stage when a span began, or came to it within the span. */
export const wasAt = (
  entries: readonly StageEntry[],
  stage: Stage,
  { fromOn, toOn }: { readonly fromOn: string; readonly toOn: string },
): boolean => {
  const before = entries.findLast(({ enteredOn }) => enteredOn < fromOn)?.stage
  return (
    before === stage ||
    entries.some((entry) => entry.stage === stage && entry.enteredOn >= fromOn && entry.enteredOn <= toOn)
  )
}

/** Whether a stage is another or lies beyond it in the life cycle; 停缓建 and 退出 lie beside it. */
export const isFrom = (stage: Stage | undefined, from: Stage): boolean =>
  stage !== undefined &&
  STAGE_CODES.indexOf(stage) >= STAGE_CODES.indexOf(from) &&
  STAGE_CODES.indexOf(stage) <= STAGE_CODES.indexOf('performing')
