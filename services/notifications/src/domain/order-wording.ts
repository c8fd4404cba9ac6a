import { ORDER_ACTIONS, type OrderAction, type RecipientRole, toDateTimeText } from '@tiaodu/types'
import type { Wording } from './wording.ts'

interface About {
  readonly id: string
  readonly number: string | null
  readonly title: string
  readonly demand: string
}

/** What is told of something that was done about an order. */
export const wordOrderAct = (
  order: About,
  {
    action,
    unitName,
    note,
    dueAt,
  }: { action: OrderAction; unitName: string | null; note: string | null; dueAt: Date | null },
  role: RecipientRole,
): Wording => ({
  kind: 'order',
  title: `督办单${order.number ?? ''}${ORDER_ACTIONS[action]}：${order.title}`,
  body: [
    ...(unitName === null ? [] : [`承办单位：${unitName}`]),
    ...(action === 'issue' ? [`督办要求：${order.demand}`] : []),
    ...(note === null ? [] : [note]),
    ...(dueAt === null ? [] : [`办理期限：${toDateTimeText(dueAt)}（北京时间）`]),
  ].join('\n'),
  period: null,
  projectIds: [],
  orderIds: [order.id],
  why: role === 'doer' ? '您的单位承办该督办单' : '您负责督办该事项',
  grounds: [{ policyId: null, fact: `order-${action}`, role, count: 1 }],
})
