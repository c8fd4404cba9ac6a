import { type AmountUnit, toYuan } from './amounts.ts'

/** What the text of a cell says: a value, or why it is not as required. */
type Reading = { readonly value: unknown } | { readonly reason: string }
/** Reads the text of a cell, which is trimmed already. */
export type Read = (text: string) => Reading

const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/u
const INVISIBLE_IN_PROSE = /[^\P{Cc}\t\n\r]|[\p{Cf}\u2028\u2029\ufffd]/u

const textOf =
  (limit: number, invisible: RegExp): Read =>
  (text) => {
    if (text.length > limit) return { reason: `must be at most ${limit} characters` }
    return invisible.test(text) ? { reason: 'must not have control or invisible characters' } : { value: text }
  }

/** One line of visible text. */
export const line = (limit: number): Read => textOf(limit, INVISIBLE)

/** Text of several lines. */
export const prose = (limit: number): Read => textOf(limit, INVISIBLE_IN_PROSE)

/** Text of a form. */
export const formed =
  (form: RegExp, reason: string): Read =>
  (text) =>
    form.test(text) ? { value: text } : { reason }

/** One of the field's words, or its code name. */
export function word(words: Readonly<Record<string, string>>): Read {
  const codes = new Map(Object.entries(words).flatMap(([code, text]) => [[text, code] as const, [code, code] as const]))
  return (text) => {
    const value = codes.get(text)
    return value === undefined ? { reason: `must be one of ${Object.values(words).join(' ')}` } : { value }
  }
}

/** Several of them, separated by 、 , ; or a space. */
export const list =
  (read: Read): Read =>
  (text) => {
    const readings = [...new Set(text.split(/[、,，;；\s]+/).filter(Boolean))].map(read)
    const bad = readings.find((reading) => 'reason' in reading)
    return bad ?? { value: readings.map((reading) => ('value' in reading ? reading.value : null)) }
  }

/** An amount in the unit of its column, as whole yuan. */
export const amount =
  (unit: AmountUnit): Read =>
  (text) => {
    const value = toYuan(text, unit)
    return value === undefined ? { reason: `must be a positive amount in ${unit}, or empty` } : { value }
  }

const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

/** A day that exists, written 2026-11-05, 2026/11/5 or 2026年11月5日. */
export const day: Read = (text) => {
  const [, year = '', month = '', date = ''] = DATE.exec(text) ?? []
  const value = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const instant = new Date(`${value}T00:00:00Z`)
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value)
  return exists ? { value } : { reason: 'must be a day that exists, as 2026-11-05' }
}
