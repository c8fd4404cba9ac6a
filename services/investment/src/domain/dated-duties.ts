import { addDays, addMonths, monthOf, STAGE_CODES, type Stage, yearOf } from '@tiaodu/types'

/** The stage and the dates of a project as they were known for a month. */
export interface KnownDates {
  readonly stage: Stage
  readonly plannedStartOn: string | null
  readonly actualStartOn: string | null
  readonly plannedCompletionOn: string | null
  readonly actualCompletionOn: string | null
  readonly statisticalEntryOn: string | null
}

/** What was to be done by the end of a month, and whether it was: 应开工, 应竣工 and 应入统 beside 已. */
export interface DatedDuties {
  /** Was to start this year and by the end of this month. */
  readonly isStartDue: boolean
  /** Was due to start, and has. */
  readonly isStarted: boolean
  readonly isCompletionDue: boolean
  readonly isCompleted: boolean
  /** Has started, so that official statistics should have it. */
  readonly isStatisticsDue: boolean
  readonly isInStatistics: boolean
}

const isAt = (stage: Stage, from: Stage, upTo: Stage): boolean =>
  STAGE_CODES.indexOf(stage) >= STAGE_CODES.indexOf(from) && STAGE_CODES.indexOf(stage) <= STAGE_CODES.indexOf(upTo)

/** Done by `endOn` when a date says so, else when the stage does. */
const isDone = (actualOn: string | null, endOn: string, isPast: boolean): boolean =>
  actualOn === null ? isPast : actualOn <= endOn

/** Whether construction had begun by a day, as its date says or else its stage. */
export const hasStartedBy = ({ actualStartOn, stage }: Pick<KnownDates, 'actualStartOn' | 'stage'>, endOn: string) =>
  isDone(actualStartOn, endOn, isAt(stage, 'newlyStarted', 'performing'))

/** Whether it was completed by a day, as its date says or else its stage. */
export const hasCompletedBy = (
  { actualCompletionOn, stage }: Pick<KnownDates, 'actualCompletionOn' | 'stage'>,
  endOn: string,
) => isDone(actualCompletionOn, endOn, isAt(stage, 'completed', 'performing'))

/** The last day of a period. */
export const endOf = (period: string): string => addDays(`${addMonths(period, 1)}-01`, -1)

/** How many months `period` lies after that of a date; 0 when it does not. */
export const monthsAfter = (onDate: string, period: string): number =>
  Math.max(0, (yearOf(period) - yearOf(onDate)) * 12 + monthOf(period) - monthOf(onDate.slice(0, 7)))

/** What is known of a start. */
export type StartDates = Pick<KnownDates, 'stage' | 'plannedStartOn' | 'actualStartOn'>

/**
 * How many months have passed since that in which it was to start; 0 once it has. A project that stands still (停缓建)
 * and has no day of its start may have started.
 */
export const toLateStart = (known: StartDates, period: string): number =>
  known.plannedStartOn === null || known.stage === 'suspended' || hasStartedBy(known, endOf(period))
    ? 0
    : monthsAfter(known.plannedStartOn, period)

/** What a project was to have done by the end of `period`; a date counts in its own year alone. */
export function assessDates(known: KnownDates, period: string): DatedDuties {
  const endOn = endOf(period)
  const isDue = (plannedOn: string | null) =>
    plannedOn !== null && plannedOn >= `${yearOf(period)}-01-01` && plannedOn <= endOn
  const hasStarted = hasStartedBy(known, endOn)
  const isStartDue = isDue(known.plannedStartOn)
  const isCompletionDue = isDue(known.plannedCompletionOn)
  return {
    isStartDue,
    isStarted: isStartDue && hasStarted,
    isCompletionDue,
    isCompleted: isCompletionDue && hasCompletedBy(known, endOn),
    isStatisticsDue: hasStarted,
    isInStatistics: hasStarted && known.statisticalEntryOn !== null && known.statisticalEntryOn <= endOn,
  }
}
