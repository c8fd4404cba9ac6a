import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Nullable, Percent, Prose, RegionCode } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Quarter } from '../terms.ts'
import {
  ASSESSORS,
  AssessedTerm,
  AssessmentEntry,
  assessedHead,
  groupsOf,
  isSimulated,
  Seal,
} from './assessment-parts.ts'

/** A region in a 季点评: the mean of its months, its rank, and what is said of it. */
export const QuarterRow = Closed({
  ...assessedHead,
  mark: Percent,
  months: Type.Array(AssessedTerm, { description: 'The scores of its months in their rankings' }),
  comment: Nullable(AssessmentEntry),
  isSimulated,
})
export type QuarterRow = Static<typeof QuarterRow>

/** 季点评. */
export const QuarterComments = Closed({ quarter: Quarter, seal: Seal, groups: groupsOf(QuarterRow) })
export type QuarterComments = Static<typeof QuarterComments>

const params = Closed({ quarter: Quarter })
const url = '/api/v1/quarter-comments/:quarter'

export const getQuarterComments = defineRoute({
  operationId: 'getQuarterComments',
  method: 'GET',
  url,
  service: 'investment',
  summary: 'The comments on a quarter, region by region, with the ranks that the months make',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { params, response: { 200: QuarterComments } },
})

export const putQuarterComment = defineRoute({
  operationId: 'putQuarterComment',
  method: 'PUT',
  url: `${url}/regions/:regionCode`,
  service: 'investment',
  summary: 'Say something of a region in a quarter; every change is a new version (If-Match)',
  permission: { roles: ASSESSORS, scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'version-mismatch', 'assessment-published'],
  schema: {
    params: Closed({ quarter: Quarter, regionCode: RegionCode }),
    body: Closed({ text: Prose(2000, '点评') }),
    response: { 200: AssessmentEntry },
  },
})

export const publishQuarterComments = defineRoute({
  operationId: 'publishQuarterComments',
  method: 'POST',
  url: `${url}/publication`,
  service: 'investment',
  summary: 'Publish the comments on a quarter that is over and due: all of it stays as it is then',
  permission: { roles: ASSESSORS, scope: 'none' },
  errors: ['outside-scope', 'period-not-due', 'assessment-incomplete'],
  schema: { params, response: { 200: QuarterComments, 201: QuarterComments } },
})
