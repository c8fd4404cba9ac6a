/** What a unit owed in a cycle that is due, and how much of it came late or not at all. */
export interface UnitCycle {
  readonly unitId: string
  readonly period: string
  readonly expected: number
  readonly late: number
}

/** How many cycles are looked back on, and with how many cycles nothing is said yet. */
const LATENESS_WINDOW = 12
export const LEAST_CYCLES = 3
/** The record of everybody counts as much as so many cycles of the unit's own. */
const PRIOR_CYCLES = 4
/** From this chance on a unit is called likely to be late. */
const LIKELY_PERCENT = 50

/** The record of a unit in the cycles that are looked back on, and its chance to be late the next time. */
export interface LatenessRecord {
  readonly unitId: string
  readonly cycles: number
  /** Cycles in which at least one report came late or not at all. */
  readonly lateCycles: number
  readonly expected: number
  readonly late: number
  /** null with too few cycles. */
  readonly chance: number | null
}

/** How well such chances have told the cycles that are over. */
export interface LatenessTest {
  readonly cycles: number
  readonly forecasts: number
  readonly lateCount: number
  /** Those that were called likely, and how many of them were late. */
  readonly likelyCount: number
  readonly likelyLateCount: number
  /** Mean square of chance minus outcome, 0 is perfect; and of saying the same of everybody. null without forecasts. */
  readonly brierScore: number | null
  readonly brierOfEverybody: number | null
}

const isLate = ({ late }: UnitCycle): boolean => late > 0

/** The chance of each unit to be late in `period`, from the cycles before it: its own share, drawn towards everybody's. */
export function recordLateness(
  history: readonly UnitCycle[],
  period: string,
): { records: LatenessRecord[]; everybody: number } {
  const before = [...new Set(history.map((one) => one.period).filter((one) => one < period))].sort()
  const [first = period] = before.slice(-LATENESS_WINDOW)
  const counted = history.filter((one) => one.period >= first && one.period < period)
  const everybody = counted.length === 0 ? 0 : counted.filter(isLate).length / counted.length
  const byUnit = new Map<string, UnitCycle[]>()
  for (const one of counted) byUnit.set(one.unitId, [...(byUnit.get(one.unitId) ?? []), one])
  const records = [...byUnit].map(([unitId, own]) => {
    const lateCycles = own.filter(isLate).length
    const chance = (lateCycles + PRIOR_CYCLES * everybody) / (own.length + PRIOR_CYCLES)
    return {
      unitId,
      cycles: own.length,
      lateCycles,
      expected: own.reduce((sum, { expected }) => sum + expected, 0),
      late: own.reduce((sum, { late }) => sum + late, 0),
      chance: own.length < LEAST_CYCLES ? null : chance,
    }
  })
  return { records, everybody }
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** Holds out each of the last cycles before `period`, tells it from those before, and compares. */
export function testLateness(history: readonly UnitCycle[], period: string): LatenessTest {
  const held = [...new Set(history.map((one) => one.period).filter((one) => one < period))]
    .sort()
    .slice(-LATENESS_WINDOW)
  const forecasts = held.flatMap((one) => {
    const { records, everybody } = recordLateness(history, one)
    const chances = new Map(records.map(({ unitId, chance }) => [unitId, chance]))
    return history.flatMap((outcome) => {
      const chance = chances.get(outcome.unitId)
      if (outcome.period !== one || chance === undefined || chance === null) return []
      return [{ chance, everybody, came: isLate(outcome) ? 1 : 0, period: one }]
    })
  })
  const likely = forecasts.filter(({ chance }) => isLikely(chance))
  return {
    cycles: new Set(forecasts.map((one) => one.period)).size,
    forecasts: forecasts.length,
    lateCount: forecasts.filter(({ came }) => came === 1).length,
    likelyCount: likely.length,
    likelyLateCount: likely.filter(({ came }) => came === 1).length,
    brierScore: mean(forecasts.map(({ chance, came }) => (chance - came) ** 2)),
    brierOfEverybody: mean(forecasts.map(({ everybody, came }) => (everybody - came) ** 2)),
  }
}

/** Whether a chance is called likely. */
export const isLikely = (chance: number): boolean => chance * 100 >= LIKELY_PERCENT
