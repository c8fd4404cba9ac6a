import { isWithin, type Reach } from '@tiaodu/service'
import { type Order, type OrderFlow, type OrderRule, type OrderWithTimeline, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { isReportOverdue, isSignOverdue, toColour, toGravest } from '../domain/order.ts'
import type { DB } from '../generated/tables.ts'
import { listOrderMoments } from '../repositories/order-pages.repository.ts'
import { getOrderRule } from '../repositories/order-rules.repository.ts'
import { findOrder, type StoredFlow, type StoredOrder } from '../repositories/orders.repository.ts'

const text = (at: Date | null) => at?.toISOString() ?? null

function toFlowView(flow: StoredFlow, order: StoredOrder, rule: OrderRule, now: Date): OrderFlow {
  const { id, unitId, unitName, part, state, reworks, extension } = flow
  const asked =
    extension === null
      ? null
      : {
          newDueOn: extension.newDueOn,
          reason: extension.reason,
          progress: extension.progress,
          askedAt: extension.askedAt,
          approvedByName: extension.approvedByName,
        }
  return {
    ...{ id, unitId, unitName, part, state, reworks, extension: asked },
    ...{
      signBy: text(flow.signBy),
      dueAt: text(flow.dueAt),
      signedAt: text(flow.signedAt),
      finishedAt: text(flow.finishedAt),
    },
    isSignOverdue: isSignOverdue(flow, now),
    isReportOverdue: order.state === 'issued' && isReportOverdue(flow, now),
    colour: toColour(flow, order, rule, now),
  }
}

/** An order as it is shown, with colours as of now. */
export function toOrderView(order: StoredOrder, rule: OrderRule, now: Date): Order {
  const { id, title, demand, urgency, days, state, projectId, projectName, alertId, raisedByName, version } = order
  const flows = order.flows.map((flow) => toFlowView(flow, order, rule, now))
  return {
    ...{ id, title, demand, urgency, days, state, projectId, projectName, alertId, raisedByName, version, flows },
    number: order.ordinal === null ? null : `〔${order.year}〕${order.ordinal}号`,
    raisedAt: order.raisedAt.toISOString(),
    issuedAt: text(order.issuedAt),
    colour: toGravest(flows.map(({ colour }) => colour)),
  }
}

/** An order with its timeline. */
export async function readOrder(db: Kysely<DB>, order: StoredOrder, now: Date): Promise<OrderWithTimeline> {
  const timeline = await listOrderMoments(db, order.id)
  return { ...toOrderView(order, await getOrderRule(db), now), timeline }
}

/** An order of the caller's region, or one that their unit has a part in. @throws not-found, outside-scope */
export async function getOrderWithin(db: Kysely<DB>, id: string, reach: Reach, held = false): Promise<StoredOrder> {
  const order = await findOrder(db, id, held)
  if (order === undefined) throw refuse('not-found', 'id', { zh: '没有这份督办单', en: 'There is no such order' })
  const hasPart = order.state !== 'draft' && order.flows.some(({ unitId }) => unitId === reach.unitId)
  const isInRegion = reach.unitId === null && isWithin(reach, { unitId: null, regionCode: order.regionCode })
  if (hasPart || isInRegion) return order
  throw refuse('outside-scope', 'id', { zh: '该督办单属于其他单位或区域', en: 'It belongs to other units or regions' })
}
