import Type, { type Static } from 'typebox'
import { BulletinEntry, BulletinIssue, GradeRule, GradeRuleFields } from '../bulletin.ts'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Line, Nullable, OneOf, PageOf, Period, Prose, pageQuery, Uuid, Year } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Summary } from './portfolio.routes.ts'
import { EntryChange } from './reports.routes.ts'

/** What was put right after a bulletin, which itself stays as it was published. */
export const Erratum = Closed({
  number: Type.Integer({ minimum: 1, description: 'Counts the errata of this bulletin' }),
  kind: OneOf(['correction', 'text'], '勘误类别: correction 数据更正 (of a report it counted), text 文字更正'),
  projectId: Nullable(Uuid),
  projectName: Nullable(Type.String()),
  period: Period,
  reason: Type.String(),
  changes: Type.Array(EntryChange),
  at: Instant,
})
export type Erratum = Static<typeof Erratum>

/** Frozen totals of a month; `issue` holds the rest since bulletins are whole documents. */
export const BulletinContent = Closed({
  region: Summary,
  tier: Summary,
  unit: Summary,
  issue: Type.Optional(BulletinIssue),
})
export type BulletinContent = Static<typeof BulletinContent>

const listed = {
  period: Period,
  number: Type.Integer({ description: '第N期 of the year' }),
  title: Type.String(),
  publishedAt: Instant,
  sha256: Type.String({ description: 'Of the canonical JSON of `content`' }),
  isSimulated: Type.Boolean(),
}

/** 月通报: the frozen month. */
export const Bulletin = Closed({
  ...listed,
  content: BulletinContent,
  errata: Type.Array(Erratum, { description: 'What was corrected since, in the order of its numbers' }),
})
export type Bulletin = Static<typeof Bulletin>

/** A bulletin in the list of them. */
export const BulletinRow = Closed({
  ...listed,
  hasDocument: Type.Boolean({ description: 'Older ones hold totals alone' }),
  errataCount: Type.Integer(),
})
export type BulletinRow = Static<typeof BulletinRow>

/** 通报草稿: what people wrote, and what the bulletin would say if it came out now. */
export const BulletinDraft = Closed({
  period: Period,
  version: Type.Integer({ description: 'Counts changes, 0 when nothing was saved; send it back as If-Match' }),
  entry: BulletinEntry,
  missing: Type.Array(Type.String(), { description: 'Fields of the entry without which it cannot be published' }),
  isDue: Type.Boolean({ description: 'Whether the due instant of the month has passed' }),
  content: BulletinContent,
})
export type BulletinDraft = Static<typeof BulletinDraft>

const Compared = Closed({
  part: OneOf(['content', 'html', 'markdown'], '核验部分: content 数据, html and markdown 文稿'),
  publishedSha256: Type.String({ description: 'As it was when it was published' }),
  rebuiltSha256: Type.String({ description: 'As it comes out now' }),
  isSame: Type.Boolean(),
})

/** 重建核验: every part of a bulletin made again from what was frozen, held against what was published. */
export const BulletinVerification = Closed({
  period: Period,
  edition: Type.Integer({ description: 'Of the rendering; 0: no document was published with it' }),
  parts: Type.Array(Compared),
  isChainIntact: Type.Boolean({ description: 'The bulletin before has the hash that this one names' }),
  isSame: Type.Boolean({ description: 'Everything came out as it was published' }),
})
export type BulletinVerification = Static<typeof BulletinVerification>

const params = Closed({ period: Period })
const read = {
  method: 'GET',
  service: 'investment',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: ['not-found'],
} as const
const edit = { service: 'investment', permission: { roles: ['supervisor', 'operator'], scope: 'none' } } as const
const format = OneOf(['html', 'markdown', 'json'], '文稿格式: html for print on A4, markdown, json the frozen data')
const download = { types: ['text/html', 'text/markdown', 'application/json'] } as const

export const listBulletins = defineRoute({
  ...read,
  operationId: 'listBulletins',
  url: '/api/v1/bulletins',
  summary: 'Published bulletins, newest month first',
  errors: [],
  schema: {
    querystring: Closed({ ...pageQuery, year: Type.Optional(Year) }),
    response: { 200: PageOf(BulletinRow) },
  },
})

export const getBulletinDraft = defineRoute({
  ...read,
  ...edit,
  operationId: 'getBulletinDraft',
  url: '/api/v1/cycles/:period/bulletin/draft',
  summary: 'What was written for the bulletin of a month, and what it would say now',
  schema: { params, response: { 200: BulletinDraft } },
})

export const putBulletinDraft = defineRoute({
  ...edit,
  operationId: 'putBulletinDraft',
  method: 'PUT',
  url: '/api/v1/cycles/:period/bulletin/draft',
  summary: 'Write what is not computed: head, signatures, next steps (If-Match: the version of the draft)',
  errors: ['not-found', 'bulletin-published', 'version-mismatch'],
  schema: { params, body: BulletinEntry, response: { 200: BulletinDraft } },
})

export const getBulletinDraftDocument = defineRoute({
  ...read,
  ...edit,
  operationId: 'getBulletinDraftDocument',
  url: '/api/v1/cycles/:period/bulletin/draft/document',
  summary: 'The draft as a document, marked as one',
  download,
  schema: { params, querystring: Closed({ format }), response: { 200: Type.String() } },
})

export const publishBulletin = defineRoute({
  operationId: 'publishBulletin',
  method: 'POST',
  url: '/api/v1/cycles/:period/bulletin',
  service: 'investment',
  summary:
    'Issue the bulletin of a period that is due (If-Match: the draft); one that is out is returned as it is (200)',
  permission: { roles: ['supervisor'], scope: 'none' },
  errors: ['not-found', 'period-not-due', 'bulletin-incomplete', 'version-mismatch'],
  schema: { params, response: { 200: Bulletin, 201: Bulletin } },
})

export const getBulletin = defineRoute({
  ...read,
  operationId: 'getBulletin',
  url: '/api/v1/cycles/:period/bulletin',
  summary: 'The published bulletin of a period',
  schema: { params, response: { 200: Bulletin } },
})

export const getBulletinDocument = defineRoute({
  ...read,
  operationId: 'getBulletinDocument',
  url: '/api/v1/cycles/:period/bulletin/document',
  summary: 'The bulletin as it was issued, byte for byte, made from what was frozen',
  download,
  schema: { params, querystring: Closed({ format }), response: { 200: Type.String() } },
})

export const verifyBulletin = defineRoute({
  ...read,
  operationId: 'verifyBulletin',
  url: '/api/v1/cycles/:period/bulletin/rebuild',
  summary: 'Make the bulletin again from what was frozen, and compare its hashes with those of the day it was issued',
  schema: { params, response: { 200: BulletinVerification } },
})

export const addErratum = defineRoute({
  operationId: 'addErratum',
  method: 'POST',
  url: '/api/v1/cycles/:period/bulletin/errata',
  service: 'investment',
  summary: 'Put right what the text of a bulletin says, as a numbered erratum; the bulletin stays as it is',
  permission: { roles: ['supervisor'], scope: 'none' },
  errors: ['not-found', 'passage-not-found'],
  schema: {
    params,
    body: Closed({
      before: Line(500, '原文, as the bulletin has it'),
      after: Prose(500, '更正为'),
      reason: Line(500),
    }),
    response: { 201: Bulletin },
  },
})

const rules = { service: 'investment', url: '/api/v1/grade-rules' } as const

export const listGradeRules = defineRoute({
  ...rules,
  operationId: 'listGradeRules',
  method: 'GET',
  summary: 'Every version of the rule by which progress is graded, newest first',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(GradeRule) }) } },
})

export const putGradeRule = defineRoute({
  ...rules,
  operationId: 'putGradeRule',
  method: 'PUT',
  summary: 'Change the rule from a month on that is not locked (If-Match: the newest version)',
  permission: { roles: ['supervisor', 'operator'], scope: 'none' },
  errors: ['version-mismatch', 'period-locked'],
  schema: {
    body: Closed({ ...GradeRuleFields.properties, reason: Line(500, 'Why it changes') }),
    response: { 200: GradeRule },
  },
})
