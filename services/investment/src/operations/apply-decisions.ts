import { createHash } from 'node:crypto'
import { isWithin, type Reach } from '@tiaodu/service'
import { type BulkOutcome, ERRORS, type Fault, ProblemError } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import type { Act } from '../domain/report.ts'
import type { ReportContext } from '../domain/report-context.ts'
import type { ReviewTerms } from '../domain/review-levels.ts'
import type { DB } from '../generated/tables.ts'
import { insertBulkRequest, lockBulkRequest } from '../repositories/bulk-requests.repository.ts'
import { listReportContexts } from '../repositories/report-context.repository.ts'
import { type ReportWrite, writeReports } from '../repositories/report-write.repository.ts'
import { type Decision, OVERTAKEN, toWrite } from './apply-decision.ts'
import { requireDue, toAwaited } from './report-context.ts'

/** What is asked of one report of many. */
export interface Asked {
  readonly projectId: string
  readonly version?: number | undefined
}

/** A request about many reports of a period. */
export interface BulkRequest<Row extends Asked> {
  readonly period: string
  readonly rows: readonly Row[]
  readonly isDryRun: boolean
  readonly idempotencyKey: string
  /** All that makes it this request and no other. */
  readonly content: unknown
}

/** Who asks, and how far they reach. */
export interface BulkAct extends Omit<Act, 'expectedVersion'> {
  readonly actorId: string
  readonly reach: Reach
}

const MAX_FAULTS = 200
const NAMED_OTHERWISE: Readonly<Record<string, string>> = { id: 'projectId', 'If-Match': 'version' }

// A fault of one report, told as a fault of its row.
const toFaults = (row: number, { code, detail, faults }: ProblemError): Fault[] =>
  faults.length === 0
    ? [{ field: `reports.${row}`, reason: detail ?? ERRORS[code] }]
    : faults.map(({ field, reason }) => ({ field: `reports.${row}.${NAMED_OTHERWISE[field] ?? field}`, reason }))

const refuseRows = (faults: readonly Fault[]) => {
  const rows = new Set(faults.map(({ field }) => field.split('.')[1])).size
  return new ProblemError(
    'rows-refused',
    { zh: `${rows} 行不合要求，一行也没有写入`, en: `${rows} rows are not as required; nothing was written` },
    faults.slice(0, MAX_FAULTS),
  )
}

function requireWithin(reach: Reach, context: ReportContext | undefined): void {
  if (context !== undefined && !isWithin(reach, context)) throw new ProblemError('outside-scope')
}

interface Decided {
  readonly write: ReportWrite
  readonly review: ReviewTerms
}

/** Decides every row, so that all that is wrong is told at once. @throws rows-refused */
function decideRows<Row extends Asked>(
  contexts: ReadonlyMap<string, ReportContext>,
  rows: readonly Row[],
  act: BulkAct,
  toDecision: (row: Row, act: Act) => Decision,
): Decided[] {
  const seen = new Set<string>()
  const faults: Fault[] = []
  const decided: Decided[] = []
  for (const [index, row] of rows.entries()) {
    try {
      const context = contexts.get(row.projectId)
      requireWithin(act.reach, context)
      const rowAct: Act = { ...act, expectedVersion: row.version }
      if (seen.has(row.projectId)) throw new ProblemError('already-exists')
      seen.add(row.projectId)
      const due = requireDue(context)
      decided.push({ write: toWrite(due, rowAct, toDecision(row, rowAct)), review: due.terms.review })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      faults.push(...toFaults(index, error))
    }
  }
  if (faults.length > 0) throw refuseRows(faults)
  return decided
}

async function writeAll(trx: Transaction<DB>, writes: readonly ReportWrite[]): Promise<void> {
  const written = await writeReports(trx, writes)
  if (written.size === writes.length) return
  throw refuseRows(
    writes.flatMap(({ report }, row) =>
      written.has(report.projectId) ? [] : [{ field: `reports.${row}.version`, reason: OVERTAKEN }],
    ),
  )
}

/**
 * Decides and saves many reports of a period in one transaction, all of them or none. The same request under the same
 * key again is answered as before and changes nothing.
 * @throws rows-refused, idempotency-key-reused
 */
export const applyDecisions = <Row extends Asked>(
  db: Kysely<DB>,
  { period, rows, isDryRun, idempotencyKey, content }: BulkRequest<Row>,
  act: BulkAct,
  toDecision: (row: Row, act: Act) => Decision,
): Promise<BulkOutcome> =>
  db.transaction().execute(async (trx) => {
    const key = { personId: act.actorId, idempotencyKey }
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex')
    const earlier = isDryRun ? undefined : await lockBulkRequest(trx, key)
    if (earlier !== undefined && earlier.digest !== digest) throw new ProblemError('idempotency-key-reused')
    if (earlier !== undefined) return earlier.answer

    const projectIds = rows.map(({ projectId }) => projectId)
    const decided = decideRows(await listReportContexts(trx, projectIds, period, act.now), rows, act, toDecision)
    const answer: BulkOutcome = {
      period,
      isDryRun,
      reports: decided.map(({ write: { report }, review }) => {
        const { projectId, state, version, isLate } = report
        return { projectId, state, version, isLate, awaits: toAwaited(review, report) }
      }),
    }
    if (isDryRun) return answer
    await writeAll(
      trx,
      decided.map(({ write }) => write),
    )
    await insertBulkRequest(trx, key, { digest, answer, now: act.now })
    return answer
  })
