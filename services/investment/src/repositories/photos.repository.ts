import type { PhotoType } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { StoredPhoto } from '../domain/photo-decisions.ts'
import type { DB } from '../generated/tables.ts'

/** Which report. */
export interface OfReport {
  readonly id: string
  readonly period: string
}

/** A photo with what the other months of its project tell of it. */
export interface ListedPhoto extends StoredPhoto {
  /** An earlier month with the same file. */
  readonly sameAsPeriod: string | null
}

/** Keeps the report from being filed until the transaction ends, also when nothing of it is saved yet. */
export async function lockReport(trx: Transaction<DB>, { id, period }: OfReport): Promise<void> {
  await sql`select from monthly_reports where project_id = ${id} and period = ${period} for update`.execute(trx)
  await sql`select from obligations where project_id = ${id} and period = ${period} for update`.execute(trx)
}

/** The photos that a submission is filed with, in the order in which they were added. */
export async function listPhotos(db: Kysely<DB>, { id, period }: OfReport, revision: number): Promise<ListedPhoto[]> {
  const { rows } = await sql<ListedPhoto>`
    select id, place, taken_on as "takenOn", is_taken_on_read as "isTakenOnRead", type, octet_length(content) as bytes,
      sha256, first_revision as "firstRevision", added_at as "addedAt", added_by as "addedBy",
      (select max(e.period) from report_photos e where e.project_id = p.project_id and e.period < p.period
        and e.sha256 = p.sha256) as "sameAsPeriod"
    from report_photos p where project_id = ${id} and period = ${period} and first_revision <= ${revision}
      and coalesce(last_revision, ${revision}) >= ${revision} order by added_at, id`.execute(db)
  return rows
}

/** The file of a photo; undefined when the report never had it. */
export async function findPhotoFile(
  db: Kysely<DB>,
  { id, period }: OfReport,
  photoId: string,
): Promise<{ content: Buffer; type: PhotoType; sha256: string } | undefined> {
  const { rows } = await sql<{ content: Buffer; type: PhotoType; sha256: string }>`
    select content, type, sha256 from report_photos
    where id = ${photoId} and project_id = ${id} and period = ${period}`.execute(db)
  return rows[0]
}

export const insertPhoto = async (
  trx: Transaction<DB>,
  { id, period }: OfReport,
  photo: StoredPhoto & { readonly content: Uint8Array; readonly isSimulated: boolean },
): Promise<void> => {
  await trx
    .insertInto('report_photos')
    .values({
      id: photo.id,
      project_id: id,
      period,
      first_revision: photo.firstRevision,
      place: photo.place,
      taken_on: photo.takenOn,
      is_taken_on_read: photo.isTakenOnRead,
      type: photo.type,
      sha256: photo.sha256,
      content: Buffer.from(photo.content),
      added_at: photo.addedAt,
      added_by: photo.addedBy,
      is_simulated: photo.isSimulated,
    })
    .execute()
}

/** Takes a photo out of all that is filed from now on. */
export async function endPhoto(trx: Transaction<DB>, photoId: string, lastRevision: number | null): Promise<void> {
  await (lastRevision === null
    ? sql`delete from report_photos where id = ${photoId}`
    : sql`update report_photos set last_revision = ${lastRevision} where id = ${photoId}`
  ).execute(trx)
}
