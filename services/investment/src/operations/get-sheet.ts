import { createHash } from 'node:crypto'
import type { Database } from '@tiaodu/database'
import type { ReportSheet } from '@tiaodu/types'
import { revisionOf } from '../domain/photo-decisions.ts'
import { toSheet } from '../domain/sheet.ts'
import type { DB } from '../generated/tables.ts'
import { listPhotos } from '../repositories/photos.repository.ts'
import { listActs } from '../repositories/report-acts.repository.ts'
import { getReportContext, type ReportKey, toReportView } from './report-context.ts'

/** A report as it is printed, with its hash. @throws those of getReport */
export async function getReportSheet(database: Database<DB>, of: ReportKey, now: Date): Promise<ReportSheet> {
  const context = await getReportContext(database, of, now)
  const [acts, photos] = await Promise.all([
    listActs(database.kysely, of.id, of.period),
    listPhotos(database.kysely, of, revisionOf(context.report)),
  ])
  const content = toSheet(toReportView(context, context.report, now), acts, photos)
  return { content, sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex') }
}
