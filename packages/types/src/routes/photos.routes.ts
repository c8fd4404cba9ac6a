import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Instant, Line, Nullable, OneOf, Period, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'

/** The media types of a photo. */
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
export type PhotoType = (typeof PHOTO_TYPES)[number]
/** The largest photo that is taken: 5 MiB. */
export const MAX_PHOTO_BYTES = 5 * 1024 * 1024
/** How many photos a report may have. */
export const MAX_PHOTOS = 9

/** 形象进度照片: what can be seen on the site, where and when. */
export const ReportPhoto = Closed({
  id: Uuid,
  place: Type.String({ description: '拍摄地点或部位' }),
  takenOn: CalendarDate,
  isTakenOnRead: Type.Boolean({ description: 'The day was read from the file (EXIF); nobody entered it' }),
  type: OneOf(PHOTO_TYPES),
  bytes: Type.Integer({ minimum: 1 }),
  sha256: Type.String({ description: 'Of the file, lower-case hex' }),
  sameAsPeriod: Nullable(
    Type.Unsafe<string>({ ...Period, description: 'An earlier month of the project that shows the same file' }),
  ),
  addedAt: Instant,
  addedBy: Nullable(Uuid),
})
export type ReportPhoto = Static<typeof ReportPhoto>

const params = { id: Uuid, period: Period }
const url = '/api/v1/projects/:id/reports/:period/photos'
const ofPhoto = Closed({ ...params, photoId: Uuid })
const draftErrors = [
  'not-found',
  'outside-scope',
  'period-not-open',
  'period-locked',
  'no-obligation',
  'report-not-editable',
] as const

export const listReportPhotos = defineRoute({
  operationId: 'listReportPhotos',
  method: 'GET',
  url,
  service: 'investment',
  summary: 'The photos of a report as it is now, or as it was filed',
  permission: { roles: READER_ROLES, scope: 'project' },
  errors: ['not-found'],
  schema: {
    params: Closed(params),
    querystring: Closed({
      revision: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 10_000, description: 'As it was filed for the n-th time' }),
      ),
    }),
    response: {
      200: Closed({
        revision: Type.Integer({ description: 'What they are filed with; of a draft, what they will be' }),
        items: Type.Array(ReportPhoto, { maxItems: MAX_PHOTOS }),
      }),
    },
  },
})

export const addReportPhoto = defineRoute({
  operationId: 'addReportPhoto',
  method: 'POST',
  url,
  service: 'investment',
  summary: 'Add a photo to a draft; the day on which it was taken is read from the file when it is not given',
  permission: { roles: ['filer'], scope: 'project' },
  errors: [...draftErrors, 'limit-reached', 'already-exists', 'photo-unreadable'],
  file: { types: [...PHOTO_TYPES], maxBytes: MAX_PHOTO_BYTES },
  schema: {
    params: Closed(params),
    querystring: Closed({
      place: Line(100, '拍摄地点或部位'),
      takenOn: Type.Optional(CalendarDate),
    }),
    response: { 201: ReportPhoto },
  },
})

export const getReportPhoto = defineRoute({
  operationId: 'getReportPhoto',
  method: 'GET',
  url: `${url}/:photoId`,
  service: 'investment',
  summary: 'The file of a photo, as it was added',
  permission: { roles: READER_ROLES, scope: 'project' },
  errors: ['not-found'],
  download: { types: [...PHOTO_TYPES] },
  schema: { params: ofPhoto, response: { 200: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) } },
})

export const removeReportPhoto = defineRoute({
  operationId: 'removeReportPhoto',
  method: 'DELETE',
  url: `${url}/:photoId`,
  service: 'investment',
  summary: 'Take a photo out of a draft; what was filed with it keeps it',
  permission: { roles: ['filer'], scope: 'project' },
  errors: [...draftErrors],
  schema: { params: ofPhoto, response: { 204: Type.Null() } },
})
