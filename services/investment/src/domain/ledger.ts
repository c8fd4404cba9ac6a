import {
  type Ledger,
  type LedgerRates,
  type LedgerRow,
  type ReportRate,
  TIERS,
  type Tier,
  toPercent,
} from '@tiaodu/types'

/** What a group of projects owes for a period, counted. */
export interface LedgerFigures {
  readonly expected: number
  readonly filed: number
  readonly onTime: number
  /** Not on time, and excused; some of them were filed all the same. */
  readonly excused: number
  readonly excusedFiled: number
  readonly late: number
  readonly missing: number
}

export const NOTHING_OWED: LedgerFigures = {
  expected: 0,
  filed: 0,
  onTime: 0,
  excused: 0,
  excusedFiled: 0,
  late: 0,
  missing: 0,
}

const toRate = (numerator: number, denominator: number): ReportRate => ({
  numerator,
  denominator,
  percent: toPercent(numerator, denominator),
})

/** Filed and on time out of expected, as DHIS2 has them; what is excused leaves numerator and denominator alike. */
export const toLedgerRates = ({ expected, filed, onTime, excused, excusedFiled }: LedgerFigures): LedgerRates => ({
  reporting: toRate(filed, expected),
  onTime: toRate(onTime, expected),
  reportingExcused: toRate(filed - excusedFiled, expected - excused),
  onTimeExcused: toRate(onTime, expected - excused),
})

/** A group with its name. */
export interface LedgerGroup extends LedgerFigures {
  readonly key: string
  readonly name: string
}

const toRow = (figures: LedgerGroup, groupBy: Ledger['groupBy']): LedgerRow => {
  const { key, name, expected, filed, onTime, excused, late, missing } = figures
  return {
    key,
    name: groupBy === 'tier' && key in TIERS ? TIERS[key as Tier] : name,
    ...{ expected, filed, onTime, excused, late, missing },
    rates: toLedgerRates(figures),
  }
}

/** The ledger of a period by groups; a project of several tiers counts in each of them. */
export const toLedger = (
  about: Pick<Ledger, 'period' | 'groupBy'>,
  total: LedgerFigures,
  groups: readonly LedgerGroup[],
): Ledger => ({
  ...about,
  total: toRow({ ...total, key: 'total', name: '合计' }, about.groupBy),
  groups: groups.map((group) => toRow(group, about.groupBy)),
})
