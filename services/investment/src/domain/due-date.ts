import { addDays, addMonths, type CycleRuleFields, monthOf, toDateOn, toInstant, yearOf } from '@tiaodu/types'

/** What of the cycle rule decides the due and lock instants. */
export type DueRule = Omit<CycleRuleFields, 'preliminaryFrequency' | 'extendAtMostDays' | 'reopenAtMostDays'>
type DueDay = Pick<DueRule, 'dueAnchor' | 'dueDay'>

const MOST_DAYS_OFF = 30
const DECEMBER = 12

/** Whether a date is a workday; make-up workdays count, statutory holidays and ordinary weekends do not. */
export type IsWorkday = (dateOn: string) => boolean

/** Whether a date is a Saturday or a Sunday. */
export const isWeekend = (dateOn: string): boolean => [0, 6].includes(new Date(`${dateOn}T00:00:00Z`).getUTCDay())

/** An ordinary weekend day: the days off around it are weekend days alone, so that no holiday reaches over it. */
function isOrdinaryWeekend(dateOn: string, isWorkday: IsWorkday): boolean {
  if (!isWeekend(dateOn) || isWorkday(dateOn)) return false
  for (const step of [1, -1]) {
    for (let day = addDays(dateOn, step); !isWorkday(day); day = addDays(day, step)) {
      if (!isWeekend(day)) return false
    }
  }
  return true
}

const toCounted = ({ areWeekendsOff }: DueRule, isWorkday: IsWorkday): IsWorkday =>
  areWeekendsOff ? isWorkday : (dateOn) => isWorkday(dateOn) || isOrdinaryWeekend(dateOn, isWorkday)

function moveToWorkday(dateOn: string, step: 1 | -1, isWorkday: IsWorkday): string {
  for (let days = 0; days < MOST_DAYS_OFF; days++) {
    const candidate = addDays(dateOn, days * step)
    if (isWorkday(candidate)) return candidate
  }
  throw new Error(`The calendar has no workday within ${MOST_DAYS_OFF} days of ${dateOn}`)
}

const lastDayOf = (period: string) => addDays(`${addMonths(period, 1)}-01`, -1)

function dayOf(period: string, day: number): string {
  const dateOn = `${period}-${String(day).padStart(2, '0')}`
  return dateOn < lastDayOf(period) ? dateOn : lastDayOf(period)
}

/** The day that an anchor names, before any holiday moves it. */
function toNamedDay(period: string, { dueAnchor, dueDay }: DueDay): string {
  if (dueAnchor === 'sameMonthDay') return dayOf(period, dueDay)
  if (dueAnchor === 'daysBeforeMonthEnd') return addDays(lastDayOf(period), -dueDay)
  return dayOf(addMonths(period, 1), dueAnchor === 'nextMonthDay' ? dueDay : 1)
}

function nthWorkdayFrom(dateOn: string, nth: number, isWorkday: IsWorkday): string {
  let day = moveToWorkday(dateOn, 1, isWorkday)
  for (let n = 1; n < nth; n++) day = moveToWorkday(addDays(day, 1), 1, isWorkday)
  return day
}

/** The due and lock instants of a period, and the years of the calendar that had a say in them. */
export interface DueInstants {
  readonly dueAt: Date
  readonly lockAt: Date
  readonly restsOnYears: readonly number[]
}

/** The due and lock instants of a period by a rule, all in Asia/Shanghai. */
export function toDueInstants(period: string, rule: DueRule, isWorkday: IsWorkday): DueInstants {
  const day: DueDay = (monthOf(period) === DECEMBER ? rule.december : null) ?? rule
  const namedOn = toNamedDay(period, day)
  const counted = toCounted(rule, isWorkday)
  const isCounted = day.dueAnchor === 'workdayAfterMonth'
  const rests = isCounted || rule.holidayPolicy !== 'fixed'
  const dueOn = isCounted
    ? nthWorkdayFrom(namedOn, day.dueDay, counted)
    : rests
      ? moveToWorkday(namedOn, rule.holidayPolicy === 'postpone' ? 1 : -1, counted)
      : namedOn
  const lockOn =
    rule.lockAfterDays === null ? `${addMonths(dueOn.slice(0, 7), 1)}-01` : addDays(dueOn, rule.lockAfterDays + 1)
  return {
    dueAt: toInstant(dueOn, rule.dueTime),
    lockAt: toInstant(lockOn, '00:00'),
    restsOnYears: rests ? [...new Set([yearOf(namedOn), yearOf(dueOn)])] : [],
  }
}

const DAYS_AROUND = 30

/** The workdays from 30 days before the due instant to the lock instant, or 30 days after, whichever is later. */
export function workdaysAround(dueAt: Date, lockAt: Date, isWorkday: IsWorkday): string[] {
  const dueOn = toDateOn(dueAt)
  const untilOn = [toDateOn(lockAt), addDays(dueOn, DAYS_AROUND)].sort().at(-1) ?? dueOn
  const workdays: string[] = []
  for (let day = addDays(dueOn, -DAYS_AROUND); day < untilOn; day = addDays(day, 1)) {
    if (isWorkday(day)) workdays.push(day)
  }
  return workdays
}
