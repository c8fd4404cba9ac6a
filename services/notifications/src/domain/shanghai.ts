/** Shanghai has had no daylight saving since 1991: UTC+8 throughout. */
const OFFSET_MS = 8 * 3_600_000

const shifted = (instant: Date) => new Date(instant.getTime() + OFFSET_MS).toISOString()

/** The calendar date (YYYY-MM-DD) of an instant in Asia/Shanghai. */
export const toDateOn = (instant: Date): string => shifted(instant).slice(0, 10)

/** Date and clock time in Asia/Shanghai, for people. */
export const toDateTimeText = (instant: Date): string => shifted(instant).slice(0, 16).replace('T', ' ')

/** The instant of a date and clock time in Asia/Shanghai. */
export const toInstant = (dateOn: string, time: string): Date => new Date(`${dateOn}T${time}:00+08:00`)
