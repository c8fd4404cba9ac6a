import { MAX_YUAN } from '@tiaodu/types'

/** How many digits of yuan stand behind the point of an amount in each unit. */
const UNIT_DIGITS = { 亿元: 8, 万元: 4, 元: 0 } as const
export type AmountUnit = keyof typeof UNIT_DIGITS

const DECIMAL = /^(\d{1,13})(?:\.(\d{1,8}))?$/

/** An amount as text ("20.5" 亿元) in whole yuan; undefined when it is not a plain positive decimal of whole yuan. */
export function toYuan(text: string, unit: AmountUnit): number | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction = ''] = match
  const digits = UNIT_DIGITS[unit]
  // What lies beyond a yuan must be nothing: 1.50 元 is refused, 1.00 元 is not.
  if (!/^0*$/.test(fraction.slice(digits))) return undefined
  const yuan = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  return yuan > 0 && yuan <= MAX_YUAN ? yuan : undefined
}

const WAN_DIGITS = 4

/** Whole yuan in 万元 without a rounding error: 12345 is 1.2345. */
export function toWan(yuan: number): string {
  const text = String(yuan).padStart(WAN_DIGITS + 1, '0')
  const fraction = text.slice(-WAN_DIGITS).replace(/0+$/, '')
  return `${text.slice(0, -WAN_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`
}
