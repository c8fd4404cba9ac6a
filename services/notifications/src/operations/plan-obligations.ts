import type { Transaction } from 'kysely'
import { toFirstLook } from '../domain/obligation-plan.ts'
import type { DB } from '../generated/tables.ts'
import { type Chosen, listTimes, setNext } from '../repositories/obligations.repository.ts'
import { readTiming, type Timing } from './read-timing.ts'

/** Sets when obligations are looked at next, by the policies and the calendar as they are. */
export async function planObligations(trx: Transaction<DB>, chosen: Chosen, known?: Timing): Promise<void> {
  const times = await listTimes(trx, chosen)
  if (times.length === 0) return
  const { rules, workdays } = known ?? (await readTiming(trx))
  const planned = times.map((one) => ({ ...one, nextAt: toFirstLook(one, rules, workdays) }))
  await setNext(trx, chosen, planned)
}
