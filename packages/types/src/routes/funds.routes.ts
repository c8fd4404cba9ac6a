import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import {
  Closed,
  Instant,
  Line,
  Nullable,
  OneOf,
  Percent,
  Period,
  RegionCode,
  SignedYuan,
  Uuid,
  Year,
  Yuan,
} from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { FundSource } from '../vocabulary.ts'
import { SourcesTemplate } from './sources-template.ts'

/** 政策性资金: what a place competes for. */
export const POLICY_SOURCES = ['centralBudget', 'specialTreasuryBond', 'localSpecialBond'] as const
export type PolicySource = (typeof POLICY_SOURCES)[number]
const PolicySource = OneOf(
  POLICY_SOURCES,
  '政策性资金: centralBudget 中央预算内, specialTreasuryBond 超长期特别国债, localSpecialBond 专项债',
)

export const FUND_GROUPINGS = ['region', 'unit', 'source', 'category'] as const
export type FundGrouping = (typeof FUND_GROUPINGS)[number]

/** Received against planned; the rate is of the projects that have a funding plan. */
const againstPlan = {
  fundingYuan: Type.Integer({ description: 'By the funding plans (资金拼盘): the denominator' }),
  fundingReceivedYuan: Type.Integer({ description: 'Received by projects that have a funding plan: the numerator' }),
  receivedPercent: Percent,
  receivedYuan: Type.Integer({ description: 'Received since the start, with or without a funding plan' }),
}

/** 欠款: completed above received. */
const gap = {
  sinceStartYuan: SignedYuan,
  gapYuan: Type.Integer({ minimum: 0, description: 'Completed less received, project by project, where above zero' }),
}

/** What has been received by projects of a group up to the end of a month. */
export const FundsRow = Closed({
  key: Type.String({ description: 'Region code, unit id, 资金来源 or category; "" for projects that have none' }),
  name: Type.String(),
  projectCount: Type.Integer({ description: 'Projects; by source: those that plan or have received it' }),
  ...againstPlan,
  yearReceivedYuan: Type.Integer({ description: 'Received in the year so far' }),
  sinceStartYuan: Type.Union([SignedYuan, Type.Null()], { description: 'Completed since the start; null by source' }),
  gapYuan: Type.Union([gap.gapYuan, Type.Null()], { description: 'Unpaid, project by project; null by source' }),
  farAbove: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Projects whose completion is far above what was received; null by source',
  }),
})
export type FundsRow = Static<typeof FundsRow>

/** A project whose completion is far above what it has received. */
export const FundsGap = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  unitName: Nullable(Type.String()),
  receivedYuan: Type.Integer(),
  ...gap,
  gapPercent: Percent,
})
export type FundsGap = Static<typeof FundsGap>

const rule = {
  farAbovePercent: Type.Integer({ minimum: 1, maximum: 100, description: 'Unpaid at least this share of completed' }),
  leastGapYuan: Type.Integer({ ...Yuan, description: 'and at least so much' }),
}

/** From when on completion is far above what was received. */
export const FundsRule = Closed({ ...rule, version: Type.Integer({ description: 'Send it back as If-Match' }) })
export type FundsRule = Static<typeof FundsRule>

export const FundsSummary = Closed({
  period: Period,
  groupBy: OneOf(FUND_GROUPINGS, '分组'),
  total: FundsRow,
  groups: Type.Array(FundsRow),
  rule: FundsRule,
  gaps: Type.Array(FundsGap, { maxItems: 50, description: 'Far above, the largest gap first' }),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type FundsSummary = Static<typeof FundsSummary>

/** The funds with where their figures come from. */
export const FundsAnswer = Closed({ ...FundsSummary.properties, sources: SourcesTemplate })
export type FundsAnswer = Static<typeof FundsAnswer>

const bySource = Closed({
  source: FundSource,
  fundingYuan: Type.Integer({ minimum: 0, description: 'By the funding plan; 0 when it does not name the source' }),
  receivedYuan: SignedYuan,
  receivedPercent: Percent,
})

/** The funds of one project. */
export const ProjectFunds = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  totalInvestmentYuan: Nullable(Yuan),
  fundingYuan: Type.Integer({ description: 'Sum of the funding plan' }),
  receivedYuan: SignedYuan,
  receivedPercent: Percent,
  ...gap,
  isFarAbove: Type.Boolean({ description: 'By the rule in force' }),
  rule: FundsRule,
  sources: Type.Array(bySource),
  years: Type.Array(
    Closed({
      year: Year,
      receivedYuan: SignedYuan,
      yearCompletedYuan: SignedYuan,
      gapYuan: gap.gapYuan,
      sources: Type.Array(
        Closed({ source: FundSource, receivedYuan: SignedYuan, byMonthYuan: Type.Array(SignedYuan) }),
      ),
    }),
  ),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type ProjectFunds = Static<typeof ProjectFunds>

const targets = Type.Array(Closed({ source: PolicySource, yuan: Yuan }), {
  minItems: 1,
  maxItems: 3,
  description: 'Each source once; one that is not named has no target',
})

/** 年度争取目标 of a region, and what its projects have received. */
export const PolicyFunds = Closed({
  year: Year,
  regionCode: RegionCode,
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
  sources: Type.Array(
    Closed({
      source: PolicySource,
      targetYuan: Nullable(Yuan),
      receivedYuan: SignedYuan,
      receivedPercent: Percent,
    }),
  ),
  targetYuan: Type.Integer({ description: 'Sum of the targets: the denominator' }),
  targetReceivedYuan: Type.Integer({ description: 'Received of the sources that have a target: the numerator' }),
  receivedPercent: Percent,
  receivedYuan: Type.Integer({ description: 'Received in the year of all three' }),
})
export type PolicyFunds = Static<typeof PolicyFunds>

/** A version of a region's targets. */
export const PolicyTargetVersion = Closed({
  version: Type.Integer(),
  targets,
  reason: Line(500),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
})
export type PolicyTargetVersion = Static<typeof PolicyTargetVersion>

const read = { method: 'GET', service: 'investment', permission: { roles: READER_ROLES, scope: 'reach' } } as const

export const getFunds = defineRoute({
  ...read,
  operationId: 'getFunds',
  url: '/api/v1/funds',
  summary: 'Funds received against the funding plans up to a month, and what is unpaid, within reach',
  errors: ['not-found'],
  schema: {
    querystring: Closed({ period: Period, groupBy: OneOf(FUND_GROUPINGS, '分组') }),
    response: { 200: FundsAnswer },
  },
})

export const getProjectFunds = defineRoute({
  operationId: 'getProjectFunds',
  method: 'GET',
  url: '/api/v1/projects/:id/funds',
  service: 'investment',
  summary: 'Funds of a project by source: planned, received year by year, unpaid',
  permission: { roles: [...READER_ROLES, 'service'], scope: 'project' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), response: { 200: ProjectFunds } },
})

export const getFundsRule = defineRoute({
  operationId: 'getFundsRule',
  method: 'GET',
  url: '/api/v1/funds/rule',
  service: 'investment',
  summary: 'From when on completion is far above what was received',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: FundsRule } },
})

export const putFundsRule = defineRoute({
  operationId: 'putFundsRule',
  method: 'PUT',
  url: '/api/v1/funds/rule',
  service: 'investment',
  summary: 'Set from when on completion is far above what was received (If-Match: its version)',
  permission: { roles: ['operator'], scope: 'none' },
  errors: ['version-mismatch'],
  schema: { body: Closed({ ...rule, reason: Line(500) }), response: { 200: FundsRule } },
})

const readTargets = {
  ...read,
  // Those who answer for a region: a unit has no target of its own.
  permission: { roles: ['reviewer', 'leader', 'supervisor', 'operator'], scope: 'reach' },
} as const

export const listPolicyFunds = defineRoute({
  ...readTargets,
  operationId: 'listPolicyFunds',
  url: '/api/v1/funds/targets',
  summary: 'Policy funds received in a year against the targets of the regions within reach',
  errors: [],
  schema: { querystring: Closed({ year: Year }), response: { 200: Closed({ items: Type.Array(PolicyFunds) }) } },
})

const params = Closed({ year: Year, regionCode: RegionCode })

export const putPolicyTargets = defineRoute({
  operationId: 'putPolicyTargets',
  method: 'PUT',
  url: '/api/v1/funds/targets/:year/:regionCode',
  service: 'investment',
  summary: 'Set what a region is to win of policy funds in a year (If-Match: its version, 0 when there is none)',
  permission: { roles: ['reviewer', 'operator'], scope: 'reach' },
  errors: ['outside-scope', 'version-mismatch'],
  schema: { params, body: Closed({ targets, reason: Line(500) }), response: { 200: PolicyFunds } },
})

export const listPolicyTargetVersions = defineRoute({
  ...readTargets,
  operationId: 'listPolicyTargetVersions',
  url: '/api/v1/funds/targets/:year/:regionCode/versions',
  summary: 'Every version of a region’s targets, newest first: what, when, who and why',
  errors: ['outside-scope'],
  schema: { params, response: { 200: Closed({ items: Type.Array(PolicyTargetVersion) }) } },
})
