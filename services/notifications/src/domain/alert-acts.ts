import { addDays, refuse, toDateOn, toInstant } from '@tiaodu/types'

/** What of an alert decides whether something can be done about it. */
export interface StandingAlert {
  readonly state: string
  readonly endsAt: Date | null
}

const MOST_DAYS = { acknowledge: 90, snooze: 30 } as const
const MORNING = '09:00'

function requireOpen({ state }: StandingAlert): void {
  if (state !== 'open') throw refuse('alert-closed', 'id', { zh: '该预警已解除', en: 'The alert is closed' })
}

/** A day to come, and not too far away. */
function requireDay(field: string, dateOn: string, most: number, now: Date): void {
  const todayOn = toDateOn(now)
  if (dateOn > todayOn && dateOn <= addDays(todayOn, most)) return
  const [zh, en] = [`应在明天至 ${most} 天之内`, `must lie between tomorrow and ${most} days from now`]
  throw refuse('validation-failed', field, { zh, en })
}

/** A promise can be kept: it is a day to come, before the period is locked. @throws alert-closed, validation-failed */
export function assertPromise(alert: StandingAlert, promisedOn: string, now: Date): void {
  requireOpen(alert)
  requireDay('promisedOn', promisedOn, MOST_DAYS.acknowledge, now)
  if (alert.endsAt !== null && toInstant(promisedOn, MORNING) >= alert.endsAt)
    throw refuse('validation-failed', 'promisedOn', {
      zh: '月报期届时已锁定',
      en: 'The period is locked by then',
    })
}

/** Until when an alert is put off: the morning of a day to come. @throws alert-closed, validation-failed */
export function decideSnooze(alert: StandingAlert, untilOn: string, now: Date): Date {
  requireOpen(alert)
  requireDay('untilOn', untilOn, MOST_DAYS.snooze, now)
  return toInstant(untilOn, MORNING)
}
