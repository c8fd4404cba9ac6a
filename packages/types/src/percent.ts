const SCALE = 10_000n

/** numerator / denominator in percent, rounded half up (away from zero) to two decimals; null when there is nothing to divide by. */
export function toPercent(numerator: number, denominator: number): number | null {
  if (denominator <= 0) return null
  const [a, b] = [BigInt(numerator), BigInt(denominator)]
  const doubled = 2n * a * SCALE
  const rounded = doubled >= 0n ? (doubled + b) / (2n * b) : (doubled - b) / (2n * b)
  return Number(rounded) / 100
}

/** The difference of two percentages, to two decimals. */
export const toPoints = (percent: number, other: number): number => Math.round((percent - other) * 100) / 100
