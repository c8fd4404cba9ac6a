import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, OneOf, Percent, Period } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { GROUPINGS } from './portfolio.routes.ts'

/** What has become of an obligation; each is exactly one of these. */
export const TIMELINESS = {
  pending: '未到期',
  onTime: '按时',
  late: '逾期上报',
  missing: '逾期未报',
  excused: '有正当理由',
} as const
export const Timeliness = OneOf(
  ['pending', 'onTime', 'late', 'missing', 'excused'],
  'pending 未到期, onTime 按时, late 逾期上报, missing 逾期未报, excused 有正当理由 (not on time, and excused)',
)
export type Timeliness = Static<typeof Timeliness>

/** Reports counted out of reports. */
export const ReportRate = Closed({ numerator: Type.Integer(), denominator: Type.Integer(), percent: Percent })
export type ReportRate = Static<typeof ReportRate>

export const ledgerCounts = {
  expected: Type.Integer({ description: '应报' }),
  filed: Type.Integer({ description: '已报: submitted or approved' }),
  onTime: Type.Integer({ description: '按时: first filed within the due instant' }),
  excused: Type.Integer({ description: '有正当理由或不可抗力: not on time, and excused' }),
  late: Type.Integer({ description: '逾期上报, not excused' }),
  missing: Type.Integer({ description: '逾期未报, not excused' }),
}

/** Rates as DHIS2 defines them, raw and with the excused taken out. */
export const LedgerRates = Closed({
  reporting: ReportRate,
  onTime: ReportRate,
  reportingExcused: ReportRate,
  onTimeExcused: ReportRate,
})
export type LedgerRates = Static<typeof LedgerRates>

/** 报送台账: what a group of projects owes for a period, and what became of it. */
export const LedgerRow = Closed({
  key: Type.String({ description: 'Region code, tier, unit id or category; "" for projects that have none' }),
  name: Type.String(),
  ...ledgerCounts,
  rates: LedgerRates,
})
export type LedgerRow = Static<typeof LedgerRow>

export const Ledger = Closed({
  period: Period,
  groupBy: OneOf(GROUPINGS),
  total: LedgerRow,
  groups: Type.Array(LedgerRow),
})
export type Ledger = Static<typeof Ledger>

export const getLedger = defineRoute({
  operationId: 'getLedger',
  method: 'GET',
  url: '/api/v1/cycles/:period/ledger',
  service: 'investment',
  summary: 'What was expected, filed, on time, excused, late and missing in a period, with its rates raw and excused',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found'],
  schema: {
    params: Closed({ period: Period }),
    querystring: Closed({ groupBy: Type.Optional(OneOf(GROUPINGS)) }),
    response: { 200: Ledger },
  },
})
