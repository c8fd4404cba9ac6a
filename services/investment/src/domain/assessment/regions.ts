import type { AssessedTerm } from '@tiaodu/types'
import { toRanks } from '../completion-ranks.ts'
import type { Group } from '../summary.ts'

/** A region among its peers. */
export interface Region {
  readonly key: string
  readonly name: string
  readonly peerGroup: string | null
}

/** What a month says of a region. */
export interface RegionMonth {
  readonly period: string
  readonly figures: Group
  /** Its score in the ranking of the month. */
  readonly score: number | null
}

/** A region with the months that are due. */
export interface RegionMonths extends Region {
  readonly months: readonly RegionMonth[]
}

/** The months that count, with what they say of each region. */
export interface AssessedMonths {
  readonly months: readonly string[]
  readonly regions: readonly RegionMonths[]
}

/** The scores of months, with the rankings that they are read in. */
export const toScoreTerms = (months: readonly RegionMonth[]): AssessedTerm[] =>
  months.map(({ period, score }) => ({
    ...{ term: period, numerator: null, denominator: null, mark: score },
    href: `/api/v1/rankings?period=${period}&of=region`,
  }))

/** The peer groups by name, those in none last; within each, rows by mark, those without one last. */
export function groupRows<Row extends { readonly key: string }>(
  rows: readonly { readonly peerGroup: string | null; readonly mark: number | null; readonly row: Row }[],
): { peerGroup: string | null; rows: (Row & { rank: number | null })[] }[] {
  const names = [...new Set(rows.map(({ peerGroup }) => peerGroup))]
  names.sort((one, other) => Number(one === null) - Number(other === null) || String(one).localeCompare(String(other)))
  return names.map((peerGroup) => {
    const peers = rows.filter((one) => one.peerGroup === peerGroup)
    const ranks = toRanks(peers.map(({ mark }) => mark))
    const ranked = peers.map(({ row }, at) => ({ ...row, rank: ranks[at] ?? null }))
    ranked.sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || (one.key < other.key ? -1 : 1))
    return { peerGroup, rows: ranked }
  })
}
