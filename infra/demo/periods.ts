/** Shanghai has had no daylight saving since 1991: its clock is UTC+8 throughout. */
const SHANGHAI_MS = 8 * 3_600_000

/** The period (YYYY-MM) of an instant in Asia/Shanghai. */
export const periodOf = (instant: Date): string => new Date(instant.getTime() + SHANGHAI_MS).toISOString().slice(0, 7)

/** The period `months` later (or earlier when negative). */
export function shiftPeriod(period: string, months: number): string {
  const [year = 0, month = 1] = period.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7)
}

/** The instant of a day and clock time of a period in Asia/Shanghai. */
export const inShanghai = (period: string, day: number, time: string): Date =>
  new Date(`${period}-${String(day).padStart(2, '0')}T${time}:00+08:00`)

/** Day and time in Asia/Shanghai, for people. */
export const toShanghaiText = (instant: Date | string): string =>
  new Date(new Date(instant).getTime() + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ')
