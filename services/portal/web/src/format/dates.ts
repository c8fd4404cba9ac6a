import { language, t } from '../i18n/index.ts'

const parts = { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** An instant as day and time in Asia/Shanghai. */
export const toDayTime = (instant: string): string =>
  new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', { ...parts, timeZone: 'Asia/Shanghai' }).format(
    new Date(instant),
  )

const HOUR_MS = 3_600_000

/** The calendar date of now in Asia/Shanghai, which has no daylight saving. */
export const todayInShanghai = (): string => daysFromToday(0)

/** The calendar date so many days after that of now. */
export const daysFromToday = (days: number): string =>
  new Date(Date.now() + (days * 24 + 8) * HOUR_MS).toISOString().slice(0, 10)

/** How long something is late; `latest` is the last thing known of it, in case time is simulated. */
export function toLateness(dueAt: string, latest: string): string {
  const late = Math.max(Date.now(), Date.parse(latest)) - Date.parse(dueAt)
  const days = Math.floor(late / (24 * HOUR_MS))
  return days >= 1 ? t('lateDays', { days }) : t('lateHours', { hours: Math.max(1, Math.round(late / HOUR_MS)) })
}

/** A clock time in Asia/Shanghai. */
export const toClock = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(
    new Date(instant),
  )

const MINUTE_MS = 60_000

/** How long until an instant, or since it, as people count down. */
export function toSpan(instant: string, now: number): string {
  const minutes = Math.floor(Math.abs(Date.parse(instant) - now) / MINUTE_MS)
  const hours = Math.floor(minutes / 60)
  return hours >= 24
    ? t('daysHours', { days: Math.floor(hours / 24), hours: hours % 24 })
    : t('hoursMinutes', { hours, minutes: minutes % 60 })
}
