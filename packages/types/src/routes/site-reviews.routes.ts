import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Line, Nullable, Percent, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { HalfYear } from '../terms.ts'
import { decided } from '../version.ts'
import {
  ASSESSORS,
  AssessmentEntry,
  assessedHead,
  groupsOf,
  isSimulated,
  Mark,
  REASON,
  Seal,
} from './assessment-parts.ts'

const ruleFields = {
  fromHalf: HalfYear,
  dropFrom: Nullable(
    Type.Integer({
      minimum: 3,
      maximum: 20,
      description: '去掉最高分和最低分: with at least so many marks; null for the mean of all',
    }),
  ),
}

/** 观摩评分办法: how the marks of a panel become one. */
export const SiteReviewRule = Closed({
  ...ruleFields,
  ...decided,
})
export type SiteReviewRule = Static<typeof SiteReviewRule>

/** A project that was seen on site, with the mark of every judge. */
export const SiteProject = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  mark: Percent,
  countedMarks: Type.Integer({ description: 'Marks that the mean is made of' }),
  marks: Type.Array(
    Closed({ ...AssessmentEntry.properties, isDropped: Type.Boolean({ description: 'The highest or the lowest' }) }),
  ),
})
export type SiteProject = Static<typeof SiteProject>

/** A region in a 半年观摩: the mean of its projects. */
export const SiteRow = Closed({
  ...assessedHead,
  mark: Percent,
  countedProjects: Type.Integer({ description: 'Projects that the mean is made of' }),
  projects: Type.Array(SiteProject),
  isSimulated,
})
export type SiteRow = Static<typeof SiteRow>

/** 半年观摩. */
export const SiteReview = Closed({ half: HalfYear, seal: Seal, rule: SiteReviewRule, groups: groupsOf(SiteRow) })
export type SiteReview = Static<typeof SiteReview>

const params = Closed({ half: HalfYear })
const url = '/api/v1/site-reviews/:half'

export const getSiteReview = defineRoute({
  operationId: 'getSiteReview',
  method: 'GET',
  url,
  service: 'investment',
  summary: 'The on-site review of a half year: every mark, what counts of them, and the ranks they make',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { params, response: { 200: SiteReview } },
})

export const putSiteMark = defineRoute({
  operationId: 'putSiteMark',
  method: 'PUT',
  url: `${url}/projects/:id/marks`,
  service: 'investment',
  summary: 'The mark that a judge gave a project; null takes it back (If-Match). A change says why',
  permission: { roles: ASSESSORS, scope: 'project' },
  errors: ['not-found', 'version-mismatch', 'assessment-published'],
  schema: {
    params: Closed({ half: HalfYear, id: Uuid }),
    body: Closed({ judge: Line(30, '评委'), mark: Nullable(Mark), reason: Type.Optional(REASON) }),
    response: { 200: AssessmentEntry },
  },
})

export const publishSiteReview = defineRoute({
  operationId: 'publishSiteReview',
  method: 'POST',
  url: `${url}/publication`,
  service: 'investment',
  summary: 'Publish the on-site review: all of it stays as it is then',
  permission: { roles: ASSESSORS, scope: 'none' },
  errors: ['outside-scope', 'assessment-incomplete'],
  schema: { params, response: { 200: SiteReview, 201: SiteReview } },
})

export const listSiteReviewRules = defineRoute({
  operationId: 'listSiteReviewRules',
  method: 'GET',
  url: '/api/v1/site-review-rules',
  service: 'investment',
  summary: 'Every version of how the marks of a panel become one, newest first',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(SiteReviewRule) }) } },
})

export const putSiteReviewRule = defineRoute({
  operationId: 'putSiteReviewRule',
  method: 'PUT',
  url: '/api/v1/site-review-rules',
  service: 'investment',
  summary: 'Change it from a half year on that is not published (If-Match: the newest version)',
  permission: { roles: ASSESSORS, scope: 'none' },
  errors: ['outside-scope', 'version-mismatch', 'assessment-published'],
  schema: { body: Closed({ ...ruleFields, reason: Line(500, 'Why it changes') }), response: { 200: SiteReviewRule } },
})
