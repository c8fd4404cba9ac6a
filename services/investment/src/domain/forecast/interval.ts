/** Of ten forecasts, how many are meant to lie within their interval. */
export const INTERVAL_PERCENT = 80
const TAIL = (100 - INTERVAL_PERCENT) / 200
/** With fewer errors than this no interval is told: their ends would be single cases. */
const LEAST_ERRORS = 10

/** From how far below to how far above the forecast, in percentage points of the plan. */
export interface Spread {
  readonly lowPoints: number
  readonly highPoints: number
  /** How many held-out errors it comes from. */
  readonly errors: number
}

/**
 * The spread of errors that were measured, by rank: of n errors the ends are such that the next one lies between them
 * with the promised chance, whatever they are distributed like. null when there are too few.
 */
export function toSpread(errors: readonly number[], least = LEAST_ERRORS): Spread | null {
  const n = errors.length
  if (n < least) return null
  const sorted = [...errors].sort((a, b) => a - b)
  const low = sorted[Math.max(0, Math.floor((n + 1) * TAIL) - 1)] ?? 0
  const high = sorted[Math.min(n, Math.ceil((n + 1) * (1 - TAIL))) - 1] ?? 0
  return { lowPoints: Math.min(0, low), highPoints: Math.max(0, high), errors: n }
}

/** The interval around a forecast: never below what is completed already, and the forecast lies within. */
export function toInterval(
  forecastYuan: number,
  { plannedYuan, completedYuan }: { readonly plannedYuan: number; readonly completedYuan: number },
  { lowPoints, highPoints }: Spread,
  widening = 1,
): { lowYuan: number; highYuan: number } {
  const toYuan = (points: number) => Math.round((points * widening * plannedYuan) / 100)
  const floor = Math.min(forecastYuan, Math.max(0, completedYuan))
  return {
    lowYuan: Math.max(floor, forecastYuan + toYuan(lowPoints)),
    highYuan: forecastYuan + toYuan(highPoints),
  }
}
