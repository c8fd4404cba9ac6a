import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Line, OneOf, Period } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'
import { decided } from '../version.ts'

/** 审核人: which reviewers a level is for. */
export const REVIEWERS = {
  any: '辖区内任一审核人 (within reach)',
  unit: '主管单位 (of the unit above the responsible unit)',
  county: '县区 (whose own region is the county)',
  city: '市 (whose own region is the city)',
  province: '省 (whose own region is the province)',
} as const
export type ReviewerKind = keyof typeof REVIEWERS
export const ReviewerKind = OneOf(
  Object.keys(REVIEWERS) as [ReviewerKind, ...ReviewerKind[]],
  `审核人: ${Object.entries(REVIEWERS)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

/** 审核级: who reviews at it, and what it is called. */
export const ReviewLevel = Closed({ reviewer: ReviewerKind, name: Line(30, '审核级名称, as 县区发改') })
export type ReviewLevel = Static<typeof ReviewLevel>

const rule = {
  fromPeriod: Period,
  levels: Type.Array(ReviewLevel, {
    minItems: 1,
    maxItems: 4,
    description: 'In the order of review; each kind of reviewer once. A level that a project does not have is skipped',
  }),
}

/** 审核级次: one version of it. */
export const ReviewRule = Closed({
  ...rule,
  ...decided,
})
export type ReviewRule = Static<typeof ReviewRule>

export const listReviewRules = defineRoute({
  operationId: 'listReviewRules',
  method: 'GET',
  url: '/api/v1/review-rule/versions',
  service: 'investment',
  summary: 'Every version of the review levels with who, when and why, newest first',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(ReviewRule) }) } },
})

export const getReviewRule = defineRoute({
  operationId: 'getReviewRule',
  method: 'GET',
  url: '/api/v1/review-rule',
  service: 'investment',
  summary: 'The review levels that the reports of a month pass, the running one when it is absent',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { querystring: Closed({ period: Type.Optional(Period) }), response: { 200: ReviewRule } },
})

export const putReviewRule = defineRoute({
  operationId: 'putReviewRule',
  method: 'PUT',
  url: '/api/v1/review-rule',
  service: 'investment',
  summary: 'Change the review levels from a month on whose cycle is not open (If-Match: the newest version)',
  permission: { roles: ['operator'], scope: 'none' },
  errors: ['version-mismatch', 'period-opened'],
  schema: {
    body: Closed({ ...rule, reason: Line(500, 'Why they change') }),
    response: { 200: ReviewRule },
  },
})
