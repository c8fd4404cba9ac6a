import type { Transaction } from 'kysely'
import { decideOrders, wordOrders } from '../domain/order-sweep.ts'
import { createDirectory } from '../domain/recipients.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import type { Addressed } from '../repositories/messages.repository.ts'
import { lockOpenFlows, markFlowsTold } from '../repositories/open-flows.repository.ts'
import type { Timing } from './read-timing.ts'
import { toOperators } from './tell.ts'

/** What is due of supervision orders: near the due time, not signed for, overdue; one message per person. */
export async function sweepOrders(trx: Transaction<DB>, { rules, workdays }: Timing, now: Date): Promise<Addressed[]> {
  const flows = await lockOpenFlows(trx)
  if (flows.length === 0) return []
  const directory = createDirectory(await listPeople(trx))
  const { linesOf, told, missing } = decideOrders(flows, rules, { workdays, directory }, now)
  if (told.length > 0) await markFlowsTold(trx, told, now)
  const messages = [...linesOf].map(([personId, lines]) => {
    const rule = lines[0]?.step.policy
    const sending = { channels: rule?.channels ?? [], quietHours: rule?.quietHours ?? null, isDigest: true }
    return { personId, wording: wordOrders(lines), sending }
  })
  return [...messages, ...toOperators(missing, directory.withRole('operator'))]
}
