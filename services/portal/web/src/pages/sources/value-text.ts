import { toMoney } from '../../format/money.ts'

const TWELFTHS = 12

/** What a record adds to a figure, as people read it: money, or so many. */
export function toValueText(figure: string, value: number): string {
  if (figure === 'scheduledTwelfths') return toMoney(Math.round(value / TWELFTHS))
  return figure.endsWith('Yuan') ? toMoney(value) : String(value)
}
