import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Formed, Line, Nullable, OneOf, Percent, Period, RegionCode, Year } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { decided } from '../version.ts'
import {
  ASSESSORS,
  AssessedTerm,
  AssessmentEntry,
  assessedHead,
  groupsOf,
  isSimulated,
  Mark,
  REASON,
  Seal,
} from './assessment-parts.ts'

/** Where the mark of a component comes from. */
export const ASSESSMENT_SOURCES = {
  monthlyScore: '月度排名得分 (the months make the quarters, the quarters the year)',
  completionRate: '投资完成率 (at the end of the year)',
  startRate: '开工率 (at the end of the year)',
  finishRate: '竣工率 (at the end of the year)',
  statisticsRate: '入统率 (at the end of the year)',
  reportingRate: '报送率 (of all months, excused left out)',
  onTimeRate: '报送及时率 (of all months, excused left out)',
  greenShare: '绿灯占比 (of all lights of all months)',
  siteReview: '半年观摩 (the mean of the halves)',
  manual: '人工评分 (entered with a reason)',
} as const
export type AssessmentSource = keyof typeof ASSESSMENT_SOURCES
const SOURCES = Object.keys(ASSESSMENT_SOURCES) as [AssessmentSource, ...AssessmentSource[]]
const source = OneOf(
  SOURCES,
  `得分来源: ${Object.entries(ASSESSMENT_SOURCES)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

const Key = Formed(
  '^[a-z][a-zA-Z0-9]{0,29}$',
  { zh: '应为英文字母和数字，小写字母开头', en: 'must be letters and digits, beginning with a small letter' },
  { description: 'Names the component in marks' },
)

/** 考评项目: a part of the overall assessment. */
export const AssessmentComponent = Closed({
  key: Key,
  name: Line(30, '考评项目'),
  source,
  weight: Type.Integer({ minimum: 1, maximum: 100, description: '权重; all together 100' }),
  atMost: Type.Integer({ minimum: 1, maximum: 200, description: '封顶: a mark above counts as this' }),
})
export type AssessmentComponent = Static<typeof AssessmentComponent>

const formulaFields = { fromYear: Year, components: Type.Array(AssessmentComponent, { minItems: 1, maxItems: 20 }) }

/** 考评办法: one version of it. */
export const AssessmentFormula = Closed({
  ...formulaFields,
  ...decided,
})
export type AssessmentFormula = Static<typeof AssessmentFormula>

/** What a component says of a region. */
export const AssessedComponent = Closed({
  ...AssessmentComponent.properties,
  mark: Percent,
  points: Type.Union([Type.Number(), Type.Null()], { description: 'Mark by weight; all together the score' }),
  numerator: Nullable(Type.Integer()),
  denominator: Nullable(Type.Integer()),
  terms: Type.Array(AssessedTerm),
  entry: Nullable(AssessmentEntry),
})
export type AssessedComponent = Static<typeof AssessedComponent>

/** A region in the 全年总评. */
export const AssessmentRow = Closed({
  ...assessedHead,
  score: Percent,
  coveredWeight: Type.Integer({ description: 'The weights that have a mark; the score is their weighted mean' }),
  components: Type.Array(AssessedComponent),
  isSimulated,
})
export type AssessmentRow = Static<typeof AssessmentRow>

/** 全年总评. */
export const Assessment = Closed({
  year: Year,
  months: Type.Array(Period, { description: 'Those that are due, which it is made of' }),
  seal: Seal,
  formula: AssessmentFormula,
  groups: groupsOf(AssessmentRow),
})
export type Assessment = Static<typeof Assessment>

const params = Closed({ year: Year })
const url = '/api/v1/assessments/:year'

export const getAssessment = defineRoute({
  operationId: 'getAssessment',
  method: 'GET',
  url,
  service: 'investment',
  summary: 'The overall assessment of a year, component by component with weights, denominators and sources',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { params, response: { 200: Assessment } },
})

export const putAssessmentMark = defineRoute({
  operationId: 'putAssessmentMark',
  method: 'PUT',
  url: `${url}/regions/:regionCode/marks/:component`,
  service: 'investment',
  summary: 'The mark of a component that is entered by hand, with a reason; null takes it back (If-Match)',
  permission: { roles: ASSESSORS, scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'version-mismatch', 'assessment-published'],
  schema: {
    params: Closed({ year: Year, regionCode: RegionCode, component: Key }),
    body: Closed({ mark: Nullable(Mark), reason: REASON }),
    response: { 200: AssessmentEntry },
  },
})

export const publishAssessment = defineRoute({
  operationId: 'publishAssessment',
  method: 'POST',
  url: `${url}/publication`,
  service: 'investment',
  summary: 'Publish the assessment of a year that is over: all of it stays as it is then',
  permission: { roles: ASSESSORS, scope: 'none' },
  errors: ['outside-scope', 'period-not-due', 'assessment-incomplete'],
  schema: { params, response: { 200: Assessment, 201: Assessment } },
})

export const listAssessmentFormulas = defineRoute({
  operationId: 'listAssessmentFormulas',
  method: 'GET',
  url: '/api/v1/assessment-formulas',
  service: 'investment',
  summary: 'Every version of the assessment formula with who, when and why, newest first',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(AssessmentFormula) }) } },
})

export const putAssessmentFormula = defineRoute({
  operationId: 'putAssessmentFormula',
  method: 'PUT',
  url: '/api/v1/assessment-formulas',
  service: 'investment',
  summary: 'Change the formula from a year on that is not published (If-Match: the newest version)',
  permission: { roles: ASSESSORS, scope: 'none' },
  errors: ['outside-scope', 'version-mismatch', 'assessment-published'],
  schema: {
    body: Closed({ ...formulaFields, reason: Line(500, 'Why it changes') }),
    response: { 200: AssessmentFormula },
  },
})

export const listAssessmentEntries = defineRoute({
  operationId: 'listAssessmentEntries',
  method: 'GET',
  url: '/api/v1/assessment-entries/:term',
  service: 'investment',
  summary: 'All that was entered by hand about a year, half or quarter, every version, newest first',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: {
    params: Closed({
      term: Formed(
        '^20[0-9]{2}(-(H[12]|Q[1-4]))?$',
        { zh: '应为年度、半年或季度，如 2026、2026-H1、2026-Q3', en: 'must be 2026, 2026-H1 or 2026-Q3' },
        { description: 'Year, half or quarter' },
      ),
    }),
    response: { 200: Closed({ items: Type.Array(AssessmentEntry) }) },
  },
})
