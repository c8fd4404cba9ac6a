import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Instant, PageOf, pageQuery, Uuid } from '../primitives.ts'

/** A roll-up that does not equal the sum of what lies beneath it. */
export const RollupDifference = Closed({
  of: Type.String({ description: 'project-year, project-funds, standing, cell' }),
  key: Type.String({ description: 'Which one: a project and a year or month, or a month, region and group' }),
  figure: Type.String(),
  rolledUp: Type.Union([Type.Number(), Type.String(), Type.Null()], { description: 'What is kept' }),
  summed: Type.Union([Type.Number(), Type.String(), Type.Null()], { description: 'What lies beneath it' }),
})
export type RollupDifference = Static<typeof RollupDifference>

/** 对账: one proof that roll-ups equal the sum of what lies beneath them. */
export const Reconciliation = Closed({
  id: Uuid,
  reconciledOn: CalendarDate,
  startedAt: Instant,
  durationMs: Type.Integer({ minimum: 0 }),
  differenceCount: Type.Integer({ minimum: 0, description: '0: everything adds up' }),
  differences: Type.Array(RollupDifference, { maxItems: 200, description: 'The first 200' }),
})
export type Reconciliation = Static<typeof Reconciliation>

export const listReconciliations = defineRoute({
  operationId: 'listReconciliations',
  method: 'GET',
  url: '/api/v1/reconciliations',
  service: 'investment',
  summary: 'The daily proofs that roll-ups equal the sum of their reports, newest first',
  permission: { roles: ['operator'], scope: 'none' },
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(Reconciliation) } },
})
