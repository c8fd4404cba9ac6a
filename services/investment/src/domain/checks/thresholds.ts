/** The numbers of the checks: data, so that they can be set for a programme or a cycle. */
export interface Thresholds {
  /** A month above so many times the mean of the months before. */
  readonly timesMean: number
  /** How many months before make a mean. */
  readonly meanMonths: number
  /** December's share of the year, in percent. */
  readonly decemberPercent: number
  /** How far from ×10⁴ or ÷10⁴ still looks like 亿 for 万: a factor. */
  readonly slipTolerance: number
  /** Whole multiples of this many yuan are round. */
  readonly roundYuan: number
  /** How many months running, this one among them, have the same round number. */
  readonly roundMonths: number
  /** Funds received below this share of what was completed, in percent. */
  readonly fundsPercent: number
  /** How many months, this one among them, before funds are held against completion. */
  readonly fundsMonths: number
  /** How far a completed project's share of its total may lie from 100 %, in points. */
  readonly completionPoints: number
  /** Above this a modified z-score is an outlier. */
  readonly zScore: number
  /** How many months before make a history. */
  readonly zMonths: number
  /** An outlier lies at least this share of the median above it, in percent: a calm history makes much of little. */
  readonly zPercent: number
}

/** What holds when nobody has set anything else. */
export const THRESHOLDS: Thresholds = {
  timesMean: 3,
  meanMonths: 3,
  decemberPercent: 25,
  slipTolerance: 3,
  roundYuan: 1_000_000,
  roundMonths: 3,
  fundsPercent: 50,
  fundsMonths: 3,
  completionPoints: 10,
  zScore: 3.5,
  zMonths: 6,
  zPercent: 50,
}
