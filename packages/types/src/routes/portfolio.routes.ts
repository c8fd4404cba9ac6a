import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Nullable, Percent, Period, SignedYuan, Uuid, Yuan } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Light } from '../vocabulary.ts'
import { LightReason } from './reports.routes.ts'
import { SourcesTemplate } from './sources-template.ts'

export const GROUPINGS = ['region', 'tier', 'unit', 'category'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** Totals of one slice; approved reports only, numerator and denominator beside every rate. */
export const SummaryRow = Closed({
  key: Type.String({ description: 'Region code, tier, unit id or category; "" for projects that have none' }),
  name: Type.String(),
  rank: Nullable(Type.Integer({ description: 'By completion, 考核类 only; ties share a rank; null without a plan' })),
  projectCount: Type.Integer({ description: '项目数' }),
  plannedYuan: Yuan,
  monthCompletedYuan: SignedYuan,
  completedYuan: SignedYuan,
  completionPercent: Percent,
  scheduledPercent: Percent,
  aheadPoints: Nullable(Type.Number({ description: '快于(+)/慢于(−)时间进度, percentage points' })),
  expected: Type.Integer({ description: '应报' }),
  filed: Type.Integer({ description: '已报' }),
  onTime: Type.Integer({ description: '按时' }),
  lights: Closed({
    green: Type.Integer(),
    yellow: Type.Integer(),
    red: Type.Integer(),
    // Not said by bulletins that were published before November 2026.
    exempt: Type.Optional(Type.Integer({ description: '豁免: projects that count in none of the three' })),
    mismatched: Type.Optional(Type.Integer({ description: '自评与计算不一致, exempt or not' })),
  }),
  isSimulated: Type.Boolean({ description: '演示数据: some figure behind this row was simulated' }),
})
export type SummaryRow = Static<typeof SummaryRow>

/** A project whose light is yellow or red, with the reasons. */
export const Attention = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  unitName: Nullable(Type.String()),
  groupKeys: Type.Array(Type.String(), { description: 'The rows this project counts in' }),
  light: Light,
  reasons: Type.Array(LightReason),
})
export type Attention = Static<typeof Attention>

export const Summary = Closed({
  period: Period,
  groupBy: Type.Unsafe<Grouping>(Type.String({ enum: [...GROUPINGS] })),
  total: SummaryRow,
  groups: Type.Array(SummaryRow),
  attention: Type.Array(Attention),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type Summary = Static<typeof Summary>

/** The summary with where its figures come from. */
export const SummaryAnswer = Closed({ ...Summary.properties, sources: SourcesTemplate })
export type SummaryAnswer = Static<typeof SummaryAnswer>

export const getSummary = defineRoute({
  operationId: 'getSummary',
  method: 'GET',
  url: '/api/v1/portfolio/summary',
  service: 'investment',
  summary: 'Totals, completion against schedule, lights and ranking of a month',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found'],
  schema: {
    querystring: Closed({ period: Period, groupBy: Type.Unsafe<Grouping>(Type.String({ enum: [...GROUPINGS] })) }),
    response: { 200: SummaryAnswer },
  },
})
