import type { Database } from '@tiaodu/database'
import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import type { Correction, QueryOf, ReportAct, routes } from '@tiaodu/types'
import { withChanges } from '../domain/correction.ts'
import type { DB } from '../generated/tables.ts'
import { listCorrections } from '../repositories/corrections.repository.ts'
import { listActs } from '../repositories/report-acts.repository.ts'
import { toCorrectionView } from './correct-report.ts'

/** A page of corrections within reach. */
export async function listCorrectionPage(
  { kysely }: Database<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listCorrections>,
  reach: Reach,
): Promise<{ items: Correction[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['instant', 'id', 'text', 'count'])
  const found = await listCorrections(kysely, filter, reach, { after, limit })
  return toPage(found.map(toCorrectionView), limit, ({ askedAt, projectId, period, number }) => [
    askedAt,
    projectId,
    period,
    String(number),
  ])
}

/** Everything that was done to a report, with what each act changed. */
export async function listReportActs(
  { kysely }: Database<DB>,
  { id, period }: { id: string; period: string },
): Promise<{ items: ReportAct[] }> {
  const acts = withChanges(await listActs(kysely, id, period))
  return { items: acts.map(({ entry: _entry, ...act }) => act) }
}
