import fc from 'fast-check'
import t from 'tap'
import {
  assertWithinLimits,
  decideOrder,
  isReportOverdue,
  isSignOverdue,
  toColour,
  toDueTimes,
  toOrderState,
} from '../../src/domain/order.ts'
import { decideFlow, type Flow, type FlowRequest } from '../../src/domain/order-flow.ts'
import { toUnitFigures } from '../../src/domain/order-statistics.ts'
import { decideOrders, wordOrders } from '../../src/domain/order-sweep.ts'
import { createDirectory } from '../../src/domain/recipients.ts'
import { createWorkdays } from '../../src/domain/workdays.ts'
import { at, EVERYBODY, rule } from '../fixtures/policies.ts'

const RULE = {
  limits: { express: { least: 1, most: 5 }, ordinary: { least: 1, most: 15 }, hard: { least: 1, most: 30 } },
  signHours: 24,
  nearDays: 2,
}
const ISSUED_AT = at('2026-12-01T10:00')
const WAITING: Flow = {
  ...{ state: 'waiting', signBy: null, dueAt: null, signedAt: null, finishedAt: null, reworks: 0, extension: null },
}
const order = { state: 'draft' as const, days: 5, flows: [WAITING, WAITING] }
const issued = decideOrder(order, 'issue', null, RULE, ISSUED_AT)
const [first = WAITING] = issued.flows
const act = (now: string, actorId = 'a') => ({ now: at(now), actorId, actorName: actorId })
const ask: FlowRequest = { action: 'askExtension', note: '征地未完', newDueOn: '2026-12-20', progress: '完成八成' }

t.test('the state machine: issued, signed, handled, reported, sent back, finished, struck off', async (t) => {
  t.match(first, { state: 'issued', signBy: at('2026-12-02T10:00'), dueAt: at('2026-12-06T18:00') })
  const steps: [FlowRequest, string][] = [
    [{ action: 'sign' }, 'signed'],
    [{ action: 'progress', note: '已进场' }, 'handling'],
    [{ action: 'report', note: '完成' }, 'reported'],
    [{ action: 'reject', note: '缺照片' }, 'rework'],
    [{ action: 'report', note: '补充照片' }, 'reported'],
    [{ action: 'approve' }, 'finished'],
  ]
  let flow = first
  for (const [request, state] of steps) {
    flow = decideFlow(flow, request, act('2026-12-02T09:00'))
    t.equal(flow.state, state)
  }
  t.match(flow, { reworks: 1, finishedAt: at('2026-12-02T09:00') })
  t.equal(toOrderState('issued', [flow, first]), 'issued', 'the other unit is not finished')
  t.equal(toOrderState('issued', [flow, flow]), 'finished')
  const finished = { ...issued, state: 'finished' as const, flows: [flow, flow] }
  t.match(decideOrder(finished, 'strikeOff', null, RULE, ISSUED_AT), {
    state: 'struckOff',
    flows: [{ state: 'struckOff' }],
  })
  t.throws(() => decideOrder(issued, 'strikeOff', null, RULE, ISSUED_AT), { code: 'order-move-forbidden' })
  t.throws(
    () => decideOrder(issued, 'suspend', null, RULE, ISSUED_AT),
    { code: 'validation-failed' },
    'it needs a reason',
  )
  const suspended = decideOrder(issued, 'suspend', '停工令', RULE, ISSUED_AT)
  t.equal(decideOrder(suspended, 'resume', null, RULE, ISSUED_AT).state, 'issued')
})

t.test('more time is asked for before it is due and granted by two people', async (t) => {
  const signed = decideFlow(first, { action: 'sign' }, act('2026-12-02T09:00'))
  t.throws(() => decideFlow(signed, ask, act('2026-12-06T18:00')), { code: 'order-move-forbidden' }, 'it is due')
  t.throws(() => decideFlow(signed, { ...ask, newDueOn: '2026-12-06' }, act('2026-12-05T09:00')), {
    code: 'validation-failed',
  })
  const asked = decideFlow(signed, ask, act('2026-12-06T17:59'))
  t.throws(() => decideFlow(asked, ask, act('2026-12-06T17:59')), { code: 'order-move-forbidden' }, 'once at a time')
  const once = decideFlow(asked, { action: 'grantExtension' }, act('2026-12-07T09:00', 'leader'))
  t.same(once.dueAt, first.dueAt, 'one approval moves nothing')
  t.throws(() => decideFlow(once, { action: 'grantExtension' }, act('2026-12-07T09:00', 'leader')), {
    code: 'order-move-forbidden',
  })
  const granted = decideFlow(once, { action: 'grantExtension' }, act('2026-12-07T10:00', 'supervisor'))
  t.match(granted, { dueAt: at('2026-12-20T18:00'), extension: null })
  t.match(decideFlow(asked, { action: 'refuseExtension', note: '抓紧' }, act('2026-12-07T09:00')), {
    dueAt: first.dueAt,
    extension: null,
  })
})

t.test('colours: blue near due, yellow behind or poor, red overdue', async (t) => {
  const colour = (flow: Flow, now: string, state: 'issued' | 'suspended' = 'issued') =>
    toColour(flow, { state }, RULE, at(now))
  const signed = decideFlow(first, { action: 'sign' }, act('2026-12-01T12:00'))
  t.equal(colour(signed, '2026-12-03T23:59'), null)
  t.equal(colour(signed, '2026-12-04T00:00'), 'blue')
  t.equal(colour(signed, '2026-12-06T17:59'), 'blue')
  t.equal(colour(signed, '2026-12-06T18:00'), 'red')
  t.equal(colour(first, '2026-12-02T09:59'), null)
  t.equal(colour(first, '2026-12-02T10:00'), 'yellow', 'not signed for in time')
  const sentBack = { ...signed, state: 'rework' as const }
  t.equal(colour(sentBack, '2026-12-02T09:00'), 'yellow')
  t.equal(colour({ ...signed, state: 'reported' }, '2026-12-09T09:00'), null, 'it waits for the reviewer')
  t.equal(colour(signed, '2026-12-09T09:00', 'suspended'), null)
})

t.test('time limits go by urgency', async (t) => {
  for (const [urgency, days, isAllowed] of [
    ['express', 5, true],
    ['express', 6, false],
    ['ordinary', 15, true],
    ['ordinary', 16, false],
    ['hard', 30, true],
    ['hard', 31, false],
  ] as const) {
    const check = () => assertWithinLimits({ urgency, days }, RULE)
    if (isAllowed) t.doesNotThrow(check)
    else t.throws(check, { code: 'validation-failed' })
  }
  t.match(toDueTimes(1, { signHours: 4 }, ISSUED_AT), { signBy: at('2026-12-01T14:00'), dueAt: at('2026-12-02T18:00') })
})

t.test('statistics count each part once; reminders are one message per person', async (t) => {
  const late = decideFlow(first, { action: 'sign' }, act('2026-12-03T09:00'))
  const flows = [
    { ...late, unitId: 'u1', unitName: '一局' },
    { ...first, unitId: 'u2', unitName: '二局' },
  ]
  const now = at('2026-12-06T18:00')
  t.match(
    toUnitFigures(
      [
        { ...issued, flows },
        { ...issued, flows: flows.slice(0, 1) },
      ],
      RULE,
      now,
    ),
    [
      { unitId: 'u1', total: 2, finished: 0, signOverdue: 2, red: 2 },
      { unitId: 'u2', total: 1, signOverdue: 1, red: 1 },
    ],
  )
  const rules = [
    rule('near', { fact: 'order-due', amount: -1, tells: ['head'] }),
    rule('late', { fact: 'order-overdue', time: null, tells: ['head'] }),
  ]
  const about = { orderId: 'o1', number: '〔2026〕1号', title: '征地', regionCode: '410802', toldThrough: null }
  const open = [1, 2].map((n) => ({ ...late, ...about, id: `f${n}`, unitId: 'u1', unitName: '一局' }))
  const parts = { workdays: createWorkdays([]), directory: createDirectory(EVERYBODY), groups: [] }
  const near = decideOrders(open, rules, parts, at('2026-12-04T09:00'))
  t.same([...near.linesOf.keys()], ['head'])
  t.match(wordOrders(near.linesOf.get('head') ?? []), {
    ...{ title: '督办提醒：2 项', body: /临近办理期限/, orderIds: ['o1'] },
  })
  const lost = open.map((one) => ({ ...one, unitId: 'u9', unitName: '九局' }))
  const above = decideOrders(lost, rules, parts, at('2026-12-04T09:00'))
  t.same([...above.linesOf.keys()], ['city'], 'a unit without a head: the next rung that has somebody')
  t.match(above.missing, [{ unitName: '九局', role: 'head' }], 'once, for the operators')
  const overdue = decideOrders(open, rules, parts, now)
  t.match(wordOrders(overdue.linesOf.get('head') ?? []).body, '上报逾期', 'what is overdue is not near any more')
  t.same(
    decideOrders(
      open.map((one) => ({ ...one, toldThrough: now })),
      rules,
      parts,
      now,
    ).told,
    [],
  )
})

t.test(
  'whatever is tried in whatever order: nothing is finished that was not reported, no due time moves by one hand',
  async () => {
    const requests = fc.constantFrom<FlowRequest>(
      { action: 'sign' },
      { action: 'progress', note: 'x' },
      { action: 'report', note: 'x' },
      { action: 'approve' },
      { action: 'reject', note: 'x' },
      ask,
      { action: 'grantExtension' },
      { action: 'refuseExtension', note: 'x' },
    )
    const tries = fc.array(fc.tuple(requests, fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 2_000 })), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(tries, (all) => {
        let flow = first
        let now = ISSUED_AT
        let approver: string | null = null
        for (const [request, actorId, minutes] of all) {
          now = new Date(now.getTime() + minutes * 60_000)
          const before = flow
          try {
            flow = decideFlow(before, request, { now, actorId, actorName: actorId })
          } catch {
            if (before !== flow) return false
            continue
          }
          if (flow.state === 'finished' && (before.state !== 'reported' || flow.finishedAt !== now)) return false
          if (flow.state !== 'issued' && flow.signedAt === null) return false
          if (flow.reworks !== before.reworks && request.action !== 'reject') return false
          if (flow.dueAt?.getTime() !== before.dueAt?.getTime() && (approver === null || approver === actorId))
            return false
          if (flow.extension !== null && before.extension === null && before.dueAt !== null && now >= before.dueAt)
            return false
          approver = flow.extension?.approvedById ?? null
          if (isReportOverdue(flow, now) && (flow.state === 'finished' || flow.state === 'reported')) return false
          if (
            flow.signedAt !== null &&
            flow.signBy !== null &&
            isSignOverdue(flow, now) !== flow.signedAt > flow.signBy
          )
            return false
        }
        return true
      }),
    )
  },
)
