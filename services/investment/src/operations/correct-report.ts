import { type Correction, type ReportEntry, refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import {
  decideAsk,
  decideCorrection,
  decideRefusal,
  decideWithdrawal,
  type StoredCorrection,
  toDelta,
} from '../domain/correction.ts'
import { toChanges } from '../domain/differences.ts'
import type { Act } from '../domain/report.ts'
import { requireLastReviewer } from '../domain/review-levels.ts'
import type { DB } from '../generated/tables.ts'
import {
  getApprovedTotals,
  lockCorrections,
  type NamedCorrection,
  saveCorrection,
} from '../repositories/corrections.repository.ts'
import { insertErrata } from '../repositories/errata.repository.ts'
import { listReportContexts } from '../repositories/report-context.repository.ts'
import { writeReports } from '../repositories/report-write.repository.ts'
import { tellErrata } from './add-erratum.ts'
import { aboutReport, toWriteOf } from './apply-decision.ts'
import { requireDue } from './report-context.ts'

/** Which report. */
export interface OfReport {
  readonly id: string
  readonly period: string
}

/** Which correction of it. */
export interface OfCorrection extends OfReport {
  readonly number: number
}

/** The API's answer about a correction. */
export const toCorrectionView = (correction: NamedCorrection): Correction => {
  const { before, after, askedAt, decidedAt, ...rest } = correction
  return {
    ...rest,
    changes: toChanges(before, after),
    askedAt: askedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }
}

const contextOf = async (trx: Transaction<DB>, { id, period }: OfReport, { now }: Act) =>
  requireDue((await listReportContexts(trx, [id], period, now)).get(id))

async function lockCorrection(trx: Transaction<DB>, { id, period, number }: OfCorrection): Promise<NamedCorrection> {
  const found = (await lockCorrections(trx, id, period)).find((correction) => correction.number === number)
  if (found === undefined)
    throw refuse('not-found', 'number', { zh: '没有这项更正', en: 'There is no such correction' })
  return found
}

/** Asks for a correction of an approved report. @throws those of decideAsk */
export const askCorrection = (
  db: Kysely<DB>,
  of: OfReport,
  { entry, reason }: { entry: Partial<ReportEntry>; reason: string },
  act: Act,
): Promise<Correction> =>
  db.transaction().execute(async (trx) => {
    const earlier = await lockCorrections(trx, of.id, of.period)
    const context = await contextOf(trx, of, act)
    const asking = {
      number: earlier.length + 1,
      entry,
      reason,
      hasOpen: earlier.some(({ state }) => state === 'asked'),
    }
    const asked = decideAsk(context.report, asking, await getApprovedTotals(trx, of.id, of.period), act)
    await saveCorrection(trx, asked)
    return toCorrectionView({ ...asked, projectName: context.projectName, unitName: context.unitName })
  })

/** Corrects the report, its sums and the errata of what was published. @throws other-review-level and those of decideCorrection */
export const approveCorrection = (db: Kysely<DB>, of: OfCorrection, act: Act): Promise<Correction> =>
  db.transaction().execute(async (trx) => {
    const asked = await lockCorrection(trx, of)
    const context = await contextOf(trx, of, act)
    const totals = await getApprovedTotals(trx, of.id, of.period)
    requireLastReviewer(context.terms.review, act)
    const { report, correction } = decideCorrection(context.report, asked, totals, act)
    const event = {
      name: 'report.corrected.v1',
      payload: {
        ...aboutReport(context, report),
        number: of.number,
        correctedAt: act.now.toISOString(),
        beforeYuan: correction.before.completedYuan ?? 0,
        afterYuan: correction.after.completedYuan ?? 0,
      },
    } as const
    const decided = { action: 'corrected', levelName: null, approvedByYuan: toDelta(correction) } as const
    await writeReports(trx, [toWriteOf(report, decided, event, act)])
    const corrected = { ...asked, ...correction }
    await saveCorrection(trx, corrected)
    const view = toCorrectionView(corrected)
    const { projectName, reason, changes } = view
    await tellErrata(trx, await insertErrata(trx, correction, { projectName, reason, changes }, act.now), act.now)
    return view
  })

const settle = (db: Kysely<DB>, of: OfCorrection, decide: (correction: StoredCorrection) => StoredCorrection) =>
  db.transaction().execute(async (trx) => {
    const asked = await lockCorrection(trx, of)
    const settled = { ...asked, ...decide(asked) }
    await saveCorrection(trx, settled)
    return toCorrectionView(settled)
  })

/** Leaves the report as it is, and says why. @throws correction-decided, own-report */
export const refuseCorrection = (db: Kysely<DB>, of: OfCorrection, reason: string, act: Act): Promise<Correction> =>
  settle(db, of, (correction) => decideRefusal(correction, reason, act))

/** Takes back what is not decided yet. @throws correction-decided */
export const withdrawCorrection = (db: Kysely<DB>, of: OfCorrection, act: Act): Promise<Correction> =>
  settle(db, of, (correction) => decideWithdrawal(correction, act))
