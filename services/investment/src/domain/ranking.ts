import type { RankingFormulaFields, RankingRow } from '@tiaodu/types'
import { toRate, toRates, toScore } from './ranking-measures.ts'
import type { Group } from './summary.ts'

type Formula = Pick<RankingFormulaFields, 'measures' | 'order' | 'ties' | 'lists'>
type Score = { readonly score: number; readonly completedYuan: number }

/** Negative when one comes before the other; 0 when they tie. */
function compare({ order, ties }: Formula, one: Score, other: Score): number {
  const byScore = order === 'highestFirst' ? other.score - one.score : one.score - other.score
  return byScore === 0 && ties === 'byCompleted' ? other.completedYuan - one.completedYuan : byScore
}

/** Where each score stands: its rank, its place from above and its place from below (ties share all three). */
function toPlaces(formula: Formula, scores: readonly Score[]): Map<Score, { rank: number; top: number; last: number }> {
  const places = new Map<Score, { rank: number; top: number; last: number }>()
  const sorted = [...scores].sort((one, other) => compare(formula, one, other))
  let [first, distinct] = [0, 0]
  sorted.forEach((score, at) => {
    const before = sorted[at - 1]
    const isTie = before !== undefined && compare(formula, before, score) === 0
    if (!isTie) [first, distinct] = [at, distinct + 1]
    places.set(score, { rank: formula.ties === 'dense' ? distinct : first + 1, top: first + 1, last: 0 })
  })
  let below = sorted.length
  for (const [at, score] of [...sorted.entries()].reverse()) {
    const after = sorted[at + 1]
    if (after === undefined || compare(formula, score, after) !== 0) below = at
    const place = places.get(score)
    if (place !== undefined) place.last = sorted.length - below
  }
  return places
}

/** 红黑榜: a level and a position are both needed. */
function toList(
  { lists }: Formula,
  value: number | null,
  place: { readonly top: number; readonly last: number },
): RankingRow['list'] {
  if (value === null) return null
  if (lists.red !== null && value >= lists.red.level && place.top <= lists.red.positions) return 'red'
  if (lists.black !== null && value < lists.black.level && place.last <= lists.black.positions) return 'black'
  return null
}

/** A row before it is known where it stood last month. */
export type Placed = Omit<RankingRow, 'lastRank' | 'movement'>

/** The peers of one group in their order; those without a score come last and have no rank. */
export function rankPeers(formula: Formula, peers: readonly Group[]): Placed[] {
  const rows = peers.map((peer) => {
    const rates = toRates(formula, peer)
    const { score, coveredWeight } = toScore(rates)
    const { measure } = formula.lists
    const listValue = measure === 'score' ? score : toRate(measure, peer).percent
    return { peer, rates, score, coveredWeight, listValue, completedYuan: peer.assessedYearYuan }
  })
  const places = toPlaces(
    formula,
    rows.filter((row): row is typeof row & Score => row.score !== null),
  )
  return rows
    .map((row): Placed => {
      const place = places.get(row as Score)
      const { peer } = row
      return {
        key: peer.key,
        name: peer.name,
        rank: place?.rank ?? null,
        score: row.score,
        coveredWeight: row.coveredWeight,
        rates: row.rates,
        list: place === undefined ? null : toList(formula, row.listValue, place),
        projectCount: peer.assessedCount,
        totalInvestmentYuan: peer.assessedTotalInvestmentYuan,
        plannedYuan: peer.assessedPlannedYuan,
        completedYuan: peer.assessedYearYuan,
        monthCompletedYuan: peer.assessedMonthYuan,
        isSimulated: peer.simulated > 0,
      }
    })
    .sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || (one.key < other.key ? -1 : 1))
}

/** The rows with where they stood last month. */
export const withMovement = (rows: readonly Placed[], lastRanks: ReadonlyMap<string, number | null>): RankingRow[] =>
  rows.map((row) => {
    const lastRank = lastRanks.get(row.key) ?? null
    return { ...row, lastRank, movement: lastRank === null || row.rank === null ? null : lastRank - row.rank }
  })
