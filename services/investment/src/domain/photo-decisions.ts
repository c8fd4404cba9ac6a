import { MAX_PHOTOS, type PhotoType, refuse, toDateOn } from '@tiaodu/types'
import type { Act, StoredReport, Terms } from './report.ts'
import { isEditable, requireOpenDraft } from './report-decisions.ts'

/** A photo as it is kept with the report, without its content. */
export interface StoredPhoto {
  readonly id: string
  readonly place: string
  readonly takenOn: string
  readonly isTakenOnRead: boolean
  readonly type: PhotoType
  readonly bytes: number
  readonly sha256: string
  /** The first submission that it is filed with. */
  readonly firstRevision: number
  readonly addedAt: Date
  readonly addedBy: string | null
}

/** A photo that is handed in. */
export interface HandedIn {
  readonly id: string
  readonly place: string
  /** Entered; undefined when it is to be read from the file. */
  readonly enteredOn: string | undefined
  readonly readOn: string | undefined
  readonly type: PhotoType
  readonly bytes: number
  readonly sha256: string
}

/** Which submission the photos of a report are filed with: the coming one as long as it can be edited. */
export const revisionOf = (report: StoredReport | undefined): number =>
  (report?.revision ?? 0) + (isEditable(report) ? 1 : 0)

function requireTakenOn({ enteredOn, readOn }: HandedIn, { now }: Act): string {
  const takenOn = enteredOn ?? readOn
  if (takenOn === undefined)
    throw refuse('validation-failed', 'takenOn', {
      zh: '照片中没有拍摄日期，请填写',
      en: 'The file does not tell on which day it was taken; enter it',
    })
  if (takenOn > toDateOn(now))
    throw refuse('validation-failed', 'takenOn', { zh: '拍摄日期不能晚于今天', en: 'It cannot be after today' })
  return takenOn
}

/** The photo as it joins those of the draft. @throws period-locked, report-not-editable, limit-reached, already-exists, validation-failed */
export function decideAddPhoto(
  terms: Terms,
  report: StoredReport | undefined,
  photos: readonly StoredPhoto[],
  handedIn: HandedIn,
  act: Act,
): StoredPhoto {
  requireOpenDraft(terms, report, act)
  if (photos.length >= MAX_PHOTOS)
    throw refuse('limit-reached', 'photos', {
      zh: `每份报告最多 ${MAX_PHOTOS} 张照片`,
      en: `A report has at most ${MAX_PHOTOS} photos`,
    })
  if (photos.some(({ sha256 }) => sha256 === handedIn.sha256))
    throw refuse('already-exists', 'photos', { zh: '这张照片已经添加', en: 'This photo was added before' })
  const { id, place, type, bytes, sha256, enteredOn } = handedIn
  return {
    ...{ id, place, type, bytes, sha256 },
    takenOn: requireTakenOn(handedIn, act),
    isTakenOnRead: enteredOn === undefined,
    firstRevision: revisionOf(report),
    addedAt: act.now,
    addedBy: act.actorId,
  }
}

/** What becomes of a photo that is taken out: gone when it was never filed, kept with what was filed otherwise. */
export function decideRemovePhoto(
  terms: Terms,
  report: StoredReport | undefined,
  { firstRevision }: StoredPhoto,
  act: Act,
): { readonly lastRevision: number | null } {
  requireOpenDraft(terms, report, act)
  const filed = revisionOf(report) - 1
  return { lastRevision: filed >= firstRevision ? filed : null }
}
