import type { Database } from '@tiaodu/database'
import { mount, type Reach, requireIdempotencyKey } from '@tiaodu/service'
import { type Actor, ProblemError, routes } from '@tiaodu/types'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { type Asked, applyDecisions, type BulkAct, type BulkRequest } from '../operations/apply-decisions.ts'
import { approval } from '../operations/approve-report.ts'
import { sendingBack } from '../operations/return-report.ts'
import { filingOf } from '../operations/submit-report.ts'

interface Called<Row> {
  readonly body: { readonly period: string; readonly reports: readonly Row[] }
  readonly query: { readonly dryRun?: boolean }
  readonly request: FastifyRequest
}

const toRequest = <Row extends Asked>({ body, query, request }: Called<Row>): BulkRequest<Row> => ({
  period: body.period,
  rows: body.reports,
  isDryRun: query.dryRun ?? false,
  idempotencyKey: requireIdempotencyKey(request),
  content: [request.url, body],
})

export function mountBulkReports(app: FastifyInstance, { kysely }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  const toAct = ({ actor, now, reach }: { actor: Actor; now: Date; reach: Reach }): BulkAct => {
    // Only people have these roles.
    if (actor.personId === null) throw new ProblemError('role-not-allowed')
    const { personId: actorId, regionCode, unitId } = actor
    return { actorId, regionCode, unitId, now, reach, isSimulated }
  }
  mount(app, routes.fileReports, (called) =>
    applyDecisions(kysely, toRequest(called), toAct(called), (row, act) => filingOf(row, act)),
  )
  mount(app, routes.approveReports, (called) =>
    applyDecisions(kysely, toRequest(called), toAct(called), (_row, act) => approval(act)),
  )
  mount(app, routes.returnReports, (called) =>
    applyDecisions(kysely, toRequest(called), toAct(called), (_row, act) => sendingBack(called.body.reasons, act)),
  )
}
