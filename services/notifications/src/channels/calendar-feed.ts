import ical, { ICalAlarmType, ICalEventTransparency } from 'ical-generator'
import type { Deadline } from '../domain/deadlines.ts'

const NAME = '重点项目调度'
/** How often a calendar should look again. */
const LOOK_AGAIN_SECONDS = 3_600

/** Deadlines as iCalendar (RFC 5545), times in UTC so that a reader needs no table of time zones. */
export function toCalendar(deadlines: readonly Deadline[], now: Date): string {
  const calendar = ical({
    ...{ name: NAME, ttl: LOOK_AGAIN_SECONDS },
    prodId: { company: 'tiaodu', product: 'deadlines', language: 'ZH' },
  })
  for (const { uid, at, summary, description, sequence, alarms } of deadlines) {
    calendar.createEvent({
      id: `${uid}@tiaodu`,
      start: typeof at === 'string' ? new Date(`${at}T00:00:00Z`) : at,
      allDay: typeof at === 'string',
      stamp: now,
      // Nobody is busy because something is due.
      transparency: ICalEventTransparency.TRANSPARENT,
      alarms: alarms.map((triggerBefore) => ({ type: ICalAlarmType.display, triggerBefore, description: summary })),
      ...{ summary, description, sequence },
    })
  }
  return calendar.toString()
}
