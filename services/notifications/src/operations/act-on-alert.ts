import { isWithin, type Reach } from '@tiaodu/service'
import { type Alert, type BodyOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { assertPromise, decideSnooze } from '../domain/alert-acts.ts'
import { toPromiseCheck } from '../domain/alert-rules.ts'
import { createWorkdays } from '../domain/workdays.ts'
import type { DB } from '../generated/tables.ts'
import { insertMoment, lockAlert, pauseAlert } from '../repositories/alert-acts.repository.ts'
import { findAlert } from '../repositories/alert-pages.repository.ts'
import { listWorkdays } from '../repositories/cycles.repository.ts'
import type { Act } from './act.ts'

interface Placed {
  readonly unitId: string | null
  readonly regionCode: string
}

/** There is such an alert, and it is within reach. @throws not-found, outside-scope */
export function requireAlert<A extends Placed>(alert: A | undefined, reach: Reach): A {
  if (alert === undefined) throw refuse('not-found', 'id', { zh: '没有这条预警', en: 'There is no such alert' })
  if (isWithin(reach, alert)) return alert
  throw refuse('outside-scope', 'id', {
    zh: '该项目属于其他单位或区域',
    en: 'This project belongs to another unit or region',
  })
}

const act = (
  db: Kysely<DB>,
  id: string,
  what: 'acknowledged' | 'snoozed',
  note: string,
  by: Act & { readonly reach: Reach },
  change: (trx: Transaction<DB>, alert: NonNullable<Awaited<ReturnType<typeof lockAlert>>>) => Promise<void>,
): Promise<Alert> =>
  db.transaction().execute(async (trx) => {
    const alert = requireAlert(await lockAlert(trx, id), by.reach)
    await change(trx, alert)
    const { personId: actorId, name: actorName } = by.actor
    await insertMoment(trx, { alertId: id, at: by.now, what, actorId, actorName, note })
    return (await findAlert(trx, id)) as Alert
  })

/** Keeps a promised day; nobody is chased until the morning after it. @throws not-found, outside-scope, alert-closed, validation-failed */
export const acknowledgeAlert = (
  db: Kysely<DB>,
  id: string,
  { promisedOn, note }: BodyOf<typeof routes.acknowledgeAlert>,
  by: Act & { readonly reach: Reach },
): Promise<Alert> =>
  act(db, id, 'acknowledged', `${promisedOn}：${note}`, by, async (trx, alert) => {
    assertPromise(alert, promisedOn, by.now)
    const workdays = createWorkdays(await listWorkdays(trx))
    await pauseAlert(trx, id, { promisedOn }, toPromiseCheck(promisedOn, workdays))
  })

/** Puts an alert off until the morning of a day. @throws not-found, outside-scope, alert-closed, validation-failed */
export const snoozeAlert = (
  db: Kysely<DB>,
  id: string,
  { untilOn, note }: BodyOf<typeof routes.snoozeAlert>,
  by: Act & { readonly reach: Reach },
): Promise<Alert> =>
  act(db, id, 'snoozed', `${untilOn}：${note}`, by, async (trx, alert) => {
    const snoozedUntil = decideSnooze(alert, untilOn, by.now)
    await pauseAlert(trx, id, { snoozedUntil }, snoozedUntil)
  })
