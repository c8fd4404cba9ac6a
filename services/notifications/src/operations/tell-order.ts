import type { OrderAction } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { AT_ONCE, type Ways } from '../domain/channel-choice.ts'
import { wordOrderAct } from '../domain/order-wording.ts'
import { createDirectory } from '../domain/recipients.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { type Addressed, insertMessages } from '../repositories/messages.repository.ts'
import type { StoredFlow, StoredOrder } from '../repositories/orders.repository.ts'
import { toOperators } from './tell.ts'

const BY_UNIT: readonly OrderAction[] = ['sign', 'progress', 'report', 'askExtension']

/** Tells the units of what was done for them, and whoever raised the order of what a unit does. */
export async function tellOrder(
  trx: Transaction<DB>,
  order: StoredOrder,
  act: { readonly action: OrderAction; readonly note: string | null; readonly flows: readonly StoredFlow[] },
  ways: Ways,
  now: Date,
): Promise<void> {
  const directory = createDirectory(await listPeople(trx))
  const about = { ...order, number: order.ordinal === null ? null : `〔${order.year}〕${order.ordinal}号` }
  const messages: Addressed[] = []
  for (const flow of act.flows) {
    const what = { action: act.action, unitName: flow.unitName, note: act.note, dueAt: flow.dueAt }
    const raiser = order.raisedById === null ? undefined : directory.find(order.raisedById)
    const heads = [...directory.inUnit(flow.unitId, 'head'), ...directory.inUnit(flow.unitId, 'filer')]
    const isByUnit = BY_UNIT.includes(act.action)
    const readers = isByUnit ? (raiser === undefined ? directory.withRole('supervisor') : [raiser]) : heads
    const wording = wordOrderAct(about, what, isByUnit ? 'supervisor' : 'doer')
    messages.push(...readers.map(({ id: personId }) => ({ personId, wording, sending: AT_ONCE })))
    if (!isByUnit && heads.length === 0)
      messages.push(
        ...toOperators([{ unitName: flow.unitName, role: 'head', projectIds: [] }], directory.withRole('operator')),
      )
  }
  await insertMessages(trx, messages, ways, now)
}
