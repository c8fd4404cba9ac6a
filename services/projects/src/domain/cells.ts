import type { Words } from '@tiaodu/types'
import { type AmountUnit, toYuan } from './amounts.ts'

/** What the text of a cell says: a value, or why it is not as required. */
type Reading = { readonly value: unknown } | { readonly reason: Words }
/** Reads the text of a cell, which is trimmed already. */
export type Read = (text: string) => Reading

const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/u
const INVISIBLE_IN_PROSE = /[^\P{Cc}\t\n\r]|[\p{Cf}\u2028\u2029\ufffd]/u

const NO_INVISIBLE: Words = {
  zh: '不能含控制字符或不可见字符',
  en: 'must not have control or invisible characters',
}

const textOf =
  (limit: number, invisible: RegExp): Read =>
  (text) => {
    if (text.length > limit)
      return { reason: { zh: `不能超过 ${limit} 个字符`, en: `must be at most ${limit} characters` } }
    return invisible.test(text) ? { reason: NO_INVISIBLE } : { value: text }
  }

/** One line of visible text. */
export const line = (limit: number): Read => textOf(limit, INVISIBLE)

/** Text of several lines. */
export const prose = (limit: number): Read => textOf(limit, INVISIBLE_IN_PROSE)

/** Text of a form. */
export const formed =
  (form: RegExp, reason: Words): Read =>
  (text) =>
    form.test(text) ? { value: text } : { reason }

/** One of the field's words, or its code name. */
export function word(words: Readonly<Record<string, string>>): Read {
  const codes = new Map(Object.entries(words).flatMap(([code, text]) => [[text, code] as const, [code, code] as const]))
  return (text) => {
    const value = codes.get(text)
    if (value !== undefined) return { value }
    const known = Object.values(words).join(' ')
    return { reason: { zh: `应为其中之一：${known}`, en: `must be one of ${known}` } }
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
    if (value !== undefined) return { value }
    return { reason: { zh: `应为正数金额（${unit}）或留空`, en: `must be a positive amount in ${unit}, or empty` } }
  }

const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

/** A day that exists, written 2026-11-05, 2026/11/5 or 2026年11月5日. */
export const day: Read = (text) => {
  const [, year = '', month = '', date = ''] = DATE.exec(text) ?? []
  const value = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const instant = new Date(`${value}T00:00:00Z`)
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value)
  if (exists) return { value }
  return { reason: { zh: '应为真实存在的日期，如 2026-11-05', en: 'must be a day that exists, as 2026-11-05' } }
}
