import type { Transaction } from 'kysely'
import type { Sending, Ways } from '../domain/channel-choice.ts'
import { whyGroup } from '../domain/groups.ts'
import { decideOrders, type OrderLine, wordOrders } from '../domain/order-sweep.ts'
import { createDirectory } from '../domain/recipients.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { insertGroupMessages, listGroups } from '../repositories/groups.repository.ts'
import type { Addressed } from '../repositories/messages.repository.ts'
import { lockOpenFlows, markFlowsTold } from '../repositories/open-flows.repository.ts'
import type { Timing } from './read-timing.ts'
import { toOperators } from './tell.ts'

const sendingOf = ([first]: readonly OrderLine[]): Sending => ({
  channels: first?.step.policy.channels ?? [],
  quietHours: first?.step.policy.quietHours ?? null,
  isDigest: true,
})

/** What is due of supervision orders: near the due time, not signed for, overdue; one message per person. */
export async function sweepOrders(
  trx: Transaction<DB>,
  { rules, workdays }: Timing,
  ways: Ways,
  now: Date,
): Promise<Addressed[]> {
  const flows = await lockOpenFlows(trx)
  if (flows.length === 0) return []
  const directory = createDirectory(await listPeople(trx))
  const groups = await listGroups(trx)
  const { linesOf, spokenIn, told, missing } = decideOrders(flows, rules, { workdays, directory, groups }, now)
  if (told.length > 0) await markFlowsTold(trx, told, now)
  const spoken = [...spokenIn].map(([group, lines]) => ({
    ...{ group, wording: wordOrders(lines, whyGroup(group)), sending: sendingOf(lines) },
  }))
  await insertGroupMessages(trx, spoken, ways, now)
  const messages = [...linesOf].map(([personId, lines]) => ({
    ...{ personId, wording: wordOrders(lines), sending: sendingOf(lines) },
  }))
  return [...messages, ...toOperators(missing, directory.withRole('operator'))]
}
