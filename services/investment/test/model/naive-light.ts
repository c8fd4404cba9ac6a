import { addMonths, type Light, type Stage } from '@tiaodu/types'

/** A month of a project, as far as its light goes. */
export interface LitMonth {
  readonly period: string
  readonly place: { readonly stage: Stage; readonly plannedStartOn: string | null }
  readonly plannedYuan: number
  readonly monthlyTargetsYuan: readonly number[] | null
  readonly missedReports: number
  /** Due days of the procedures that were past them when the month ended. */
  readonly slippedSince: readonly string[]
}

/** How many months one has to go on from that of a day to arrive at a period; 0 when it is not later. */
function stepsFrom(onDate: string, period: string): number {
  let steps = 0
  for (let month = onDate.slice(0, 7); month < period; month = addMonths(month, 1)) steps += 1
  return steps
}

const toHundredths = (part: number, whole: number) => Math.floor((part * 10_000) / whole + 0.5)

const byMonths = (months: number, yellow: number, red: number): Light =>
  months >= red ? 'red' : months >= yellow ? 'yellow' : 'green'

/** The light of a month by the defaults, in plain numbers. */
export function naiveLight(
  month: LitMonth,
  known: { readonly yearYuan: number; readonly isStarted: boolean },
): Light | null {
  const { period, plannedYuan, monthlyTargetsYuan, place, missedReports, slippedSince } = month
  const at = Number(period.slice(5))
  const lights: Light[] = []
  if (plannedYuan > 0) {
    const scheduled =
      monthlyTargetsYuan === null ? toHundredths(at, 12) : toHundredths(monthlyTargetsYuan[at - 1] ?? 0, plannedYuan)
    const behind = scheduled - toHundredths(known.yearYuan, plannedYuan)
    lights.push(behind > 30_00 ? 'red' : behind > 10_00 ? 'yellow' : 'green')
  }
  const late = place.plannedStartOn === null || known.isStarted ? 0 : stepsFrom(place.plannedStartOn, period)
  if (late > 0 && place.stage !== 'suspended') lights.push(byMonths(late, 1, 3))
  if (missedReports > 0) lights.push(byMonths(missedReports, 1, 2))
  if (slippedSince.length > 0)
    lights.push(byMonths(Math.max(...slippedSince.map((dueOn) => stepsFrom(dueOn, period))), 0, 3))
  return (['red', 'yellow', 'green'] as const).find((light) => lights.includes(light)) ?? null
}
