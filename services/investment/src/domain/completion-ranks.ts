/** Ranks from 1 by completion rate, highest first; equal rates share a rank, rows without a rate have none. */
export function toRanks(rates: readonly (number | null)[]): (number | null)[] {
  return rates.map((rate) =>
    rate === null ? null : 1 + rates.filter((other) => other !== null && other > rate).length,
  )
}
