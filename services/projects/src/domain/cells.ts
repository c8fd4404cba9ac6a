import { isVisibleLine, isVisibleProse, type Words } from '@tiaodu/types'
import { type AmountUnit, toYuan } from './amounts.ts'

/** What the text of a cell says: a value, or why it is not as required. */
type Reading = { readonly value: unknown } | { readonly reason: Words }
/** Reads the text of a cell, which is trimmed already. */
export type Read = (text: string) => Reading

const NO_INVISIBLE: Words = {
  zh: '不能含控制字符、不可见字符或表情符号',
  en: 'must not have control or invisible characters, or emoji',
}

// As the contract counts: characters, of which some are two units long.
const isLonger = (text: string, limit: number) => text.length > limit && [...text].length > limit

const textOf =
  (limit: number, isVisible: (text: string) => boolean): Read =>
  (text) => {
    if (isLonger(text, limit))
      return { reason: { zh: `不能超过 ${limit} 个字符`, en: `must be at most ${limit} characters` } }
    return isVisible(text) ? { value: text } : { reason: NO_INVISIBLE }
  }

/** One line of visible text. */
export const line = (limit: number): Read => textOf(limit, isVisibleLine)

/** Text of several lines. */
export const prose = (limit: number): Read => textOf(limit, isVisibleProse)

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

/** One to `limit` of them, separated by 、 , ; or a space, each once. */
export const list =
  (read: Read, limit: number): Read =>
  (text) => {
    const parts = [...new Set(text.split(/[、,，;；\s]+/).filter(Boolean))]
    if (parts.length === 0 || parts.length > limit)
      return { reason: { zh: `应为 1 至 ${limit} 项`, en: `must be 1 to ${limit} of them` } }
    const readings = parts.map(read)
    const bad = readings.find((reading) => 'reason' in reading)
    return bad ?? { value: readings.map((reading) => ('value' in reading ? reading.value : null)) }
  }

/** Up to `limit` parts, separated by semicolons, each read by itself. */
export const parts =
  (read: Read, limit: number, tooMany: Words): Read =>
  (text) => {
    const found = text
      .split(/[；;]/)
      .map((part) => part.trim())
      .filter(Boolean)
    if (found.length > limit) return { reason: tooMany }
    const readings = found.map(read)
    const bad = readings.find((reading) => 'reason' in reading)
    return bad ?? { value: readings.flatMap((reading) => ('value' in reading ? [reading.value] : [])) }
  }

/** An amount in the unit of its column, as whole yuan. */
export const amount =
  (unit: AmountUnit): Read =>
  (text) => {
    const value = toYuan(text, unit)
    if (value !== undefined) return { value }
    return { reason: { zh: `应为正数金额（${unit}）或留空`, en: `must be a positive amount in ${unit}, or empty` } }
  }

const DATE = /^((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

/** A day that exists, written 2026-11-05, 2026/11/5 or 2026年11月5日. */
export const day: Read = (text) => {
  const [, year = '', month = '', date = ''] = DATE.exec(text) ?? []
  const value = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const instant = new Date(`${value}T00:00:00Z`)
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value)
  if (exists) return { value }
  return { reason: { zh: '应为真实存在的日期，如 2026-11-05', en: 'must be a day that exists, as 2026-11-05' } }
}
