import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { POLICY, toStepInstants } from '../domain/escalation.ts'
import type { DB } from '../generated/tables.ts'
import { saveCycle } from '../repositories/obligations.repository.ts'

/** Keeps a cycle that was opened, with the instants of its reminders and escalations. */
export async function noteCycle(trx: Transaction<DB>, cycle: EventPayload<'cycle.opened.v1'>): Promise<void> {
  const instants = toStepInstants(new Date(cycle.dueAt), cycle.workdays)
  const steps = POLICY.flatMap(({ name }, index) => {
    const at = instants[index]
    return at === undefined ? [] : [{ name, at }]
  })
  await saveCycle(trx, cycle, steps)
}
