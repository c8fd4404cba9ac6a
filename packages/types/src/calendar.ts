/** Shanghai has had no daylight saving since 1991: UTC+8 throughout. */
const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

const inShanghai = (instant: Date) => new Date(instant.getTime() + OFFSET_MS).toISOString()

/** The calendar date (YYYY-MM-DD) of an instant in Asia/Shanghai. */
export const toDateOn = (instant: Date): string => inShanghai(instant).slice(0, 10)

/** The period (YYYY-MM) of an instant in Asia/Shanghai. */
export const toPeriod = (instant: Date): string => inShanghai(instant).slice(0, 7)

/** Date and clock time (YYYY-MM-DD HH:MM) in Asia/Shanghai, for people. */
export const toDateTimeText = (instant: Date): string => inShanghai(instant).slice(0, 16).replace('T', ' ')

/** The instant of a date (YYYY-MM-DD) and clock time (HH:MM) in Asia/Shanghai. */
export const toInstant = (dateOn: string, time: string): Date => new Date(`${dateOn}T${time}:00+08:00`)

/** The date `days` later, or earlier when negative. */
export const addDays = (dateOn: string, days: number): string =>
  new Date(Date.parse(`${dateOn}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The period `months` later, or earlier when negative. */
export function addMonths(period: string, months: number): string {
  const [year = 0, month = 1] = period.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7)
}

/** The year of a period. */
export const yearOf = (period: string): number => Number(period.slice(0, 4))

/** The month of a period, 1 to 12. */
export const monthOf = (period: string): number => Number(period.slice(5))
