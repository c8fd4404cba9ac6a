import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Download } from '@tiaodu/service'
import { type QueryOf, type ReportPhoto, type ResponseOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { dayTakenIn } from '../domain/photo-day.ts'
import { decideAddPhoto, decideRemovePhoto, revisionOf } from '../domain/photo-decisions.ts'
import { photoTypeOf } from '../domain/photo-file.ts'
import type { Act } from '../domain/report.ts'
import type { DB } from '../generated/tables.ts'
import {
  endPhoto,
  findPhotoFile,
  insertPhoto,
  type ListedPhoto,
  listPhotos,
  lockReport,
  type OfReport,
} from '../repositories/photos.repository.ts'
import { listReportContexts } from '../repositories/report-context.repository.ts'
import { requireDue } from './report-context.ts'

const toView = ({ firstRevision: _first, addedAt, ...photo }: ListedPhoto): ReportPhoto => ({
  ...photo,
  addedAt: addedAt.toISOString(),
})

const noPhoto = () => refuse('not-found', 'photoId', { zh: '没有这张照片', en: 'There is no such photo' })

const unreadable = () =>
  refuse('photo-unreadable', 'photo', {
    zh: '文件内容不是 JPEG、PNG 或 WebP 图片',
    en: 'What is in the file is no JPEG, PNG or WebP image',
  })

async function lockDraft(trx: Transaction<DB>, of: OfReport, now: Date) {
  await lockReport(trx, of)
  const { terms, report } = requireDue((await listReportContexts(trx, [of.id], of.period, now)).get(of.id))
  const revision = revisionOf(report)
  return { terms, report, revision, photos: await listPhotos(trx, of, revision) }
}

/** Adds a photo to the draft. @throws photo-unreadable, those of requireDue and of decideAddPhoto */
export async function addPhoto(
  db: Kysely<DB>,
  of: OfReport,
  { place, takenOn }: QueryOf<typeof routes.addReportPhoto>,
  content: Uint8Array,
  act: Act,
): Promise<ReportPhoto> {
  const type = photoTypeOf(content)
  if (type === undefined) throw unreadable()
  const handedIn = {
    ...{ id: uuidv7(), place, type, bytes: content.byteLength },
    ...{ enteredOn: takenOn, readOn: dayTakenIn(content) },
    sha256: createHash('sha256').update(content).digest('hex'),
  }
  return db.transaction().execute(async (trx) => {
    const { terms, report, revision, photos } = await lockDraft(trx, of, act.now)
    const photo = decideAddPhoto(terms, report, photos, handedIn, act)
    await insertPhoto(trx, of, { ...photo, content, isSimulated: act.isSimulated })
    const added = (await listPhotos(trx, of, revision)).find(({ id }) => id === photo.id)
    if (added === undefined) throw new Error(`Photo ${photo.id} was not kept`)
    return toView(added)
  })
}

/** Takes a photo out of the draft; what was filed with it keeps it. @throws not-found, those of requireDue and of decideRemovePhoto */
export const removePhoto = (db: Kysely<DB>, of: OfReport, photoId: string, act: Act): Promise<null> =>
  db.transaction().execute(async (trx) => {
    const { terms, report, photos } = await lockDraft(trx, of, act.now)
    const photo = photos.find(({ id }) => id === photoId)
    if (photo === undefined) throw noPhoto()
    const { lastRevision } = decideRemovePhoto(terms, report, photo, act)
    await endPhoto(trx, photoId, lastRevision)
    return null
  })

/** The photos of a report as it is now, or as it was filed. @throws those of requireDue */
export const listReportPhotos = (
  db: Kysely<DB>,
  of: OfReport,
  asked: number | undefined,
  now: Date,
): Promise<ResponseOf<typeof routes.listReportPhotos>> =>
  db.transaction().execute(async (trx) => {
    const { report } = requireDue((await listReportContexts(trx, [of.id], of.period, now)).get(of.id))
    const revision = asked ?? revisionOf(report)
    return { revision, items: (await listPhotos(trx, of, revision)).map(toView) }
  })

const ENDINGS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const

/** The file of a photo. @throws not-found */
export async function getPhoto(db: Kysely<DB>, of: OfReport, photoId: string): Promise<Download> {
  const file = await findPhotoFile(db, of, photoId)
  if (file === undefined) throw noPhoto()
  const { content, type, sha256 } = file
  const fileName = `${of.period}-${sha256.slice(0, 8)}.${ENDINGS[type]}`
  return { stream: Readable.from([content]), type, fileName, isShown: true }
}
