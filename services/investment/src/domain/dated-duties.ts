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

/** The last day of a period. */
const endOf = (period: string): string => addDays(`${addMonths(period, 1)}-01`, -1)

/** How many months `period` lies after that of a date; 0 when it does not. */
export const monthsAfter = (onDate: string, period: string): number =>
  Math.max(0, (yearOf(period) - yearOf(onDate)) * 12 + monthOf(period) - monthOf(onDate.slice(0, 7)))

/** Whether it has started by the end of `period`. */
const hasStarted = ({ actualStartOn, stage }: StartDates, period: string): boolean =>
  isDone(actualStartOn, endOf(period), isAt(stage, 'newlyStarted', 'performing'))

/** What is known of a start. */
export type StartDates = Pick<KnownDates, 'stage' | 'plannedStartOn' | 'actualStartOn'>

/**
 * How many months have passed since that in which it was to start; 0 once it has. A project that stands still (停缓建)
 * and has no day of its start may have started.
 */
export const toLateStart = (known: StartDates, period: string): number =>
  known.plannedStartOn === null || known.stage === 'suspended' || hasStarted(known, period)
    ? 0
    : monthsAfter(known.plannedStartOn, period)

/** What a project was to have done by the end of `period`; a date counts in its own year alone. */
export function assessDates(known: KnownDates, period: string): DatedDuties {
  const endOn = endOf(period)
  const isDue = (plannedOn: string | null) =>
    plannedOn !== null && plannedOn >= `${yearOf(period)}-01-01` && plannedOn <= endOn
  const isStarted = hasStarted(known, period)
  const isStartDue = isDue(known.plannedStartOn)
  const isCompletionDue = isDue(known.plannedCompletionOn)
  return {
    isStartDue,
    isStarted: isStartDue && isStarted,
    isCompletionDue,
    isCompleted:
      isCompletionDue && isDone(known.actualCompletionOn, endOn, isAt(known.stage, 'completed', 'performing')),
    isStatisticsDue: isStarted,
    isInStatistics: isStarted && known.statisticalEntryOn !== null && known.statisticalEntryOn <= endOn,
  }
}
