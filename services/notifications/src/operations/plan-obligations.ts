import type { Transaction } from 'kysely'
import { nextWorkdayMorning } from '../domain/alert-rules.ts'
import { toFirstLook } from '../domain/obligation-plan.ts'
import type { DB } from '../generated/tables.ts'
import { type Chosen, listTimes, setNext, setOverdue } from '../repositories/obligations.repository.ts'
import { readTiming, type Timing } from './read-timing.ts'

/** Sets when obligations are looked at next, by the policies and the calendar as they are. */
export async function planObligations(trx: Transaction<DB>, chosen: Chosen, known?: Timing): Promise<void> {
  const times = await listTimes(trx, chosen)
  if (times.length === 0) return
  const { rules, workdays } = known ?? (await readTiming(trx))
  const planned = times.map((one) => ({ ...one, nextAt: toFirstLook(one, rules, workdays) }))
  await setNext(trx, chosen, planned)
}

/**
 * Has an obligation go on that is open again, or due at another time: what fell due until then is not held against the
 * unit, and it counts as missing from the due time on, or from the morning of the next workday.
 */
export async function resumeObligation(
  trx: Transaction<DB>,
  { obligationId, dueAt }: { readonly obligationId: string; readonly dueAt: Date },
  since: Date,
): Promise<void> {
  const timing = await readTiming(trx)
  const overdueAt = since < dueAt ? dueAt : nextWorkdayMorning(since, timing.workdays)
  await setOverdue(trx, obligationId, overdueAt, since)
  await planObligations(trx, { ids: [obligationId] }, timing)
}
