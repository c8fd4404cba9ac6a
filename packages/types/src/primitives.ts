import Type, { type Static, type TProperties, type TSchema } from 'typebox'
import { LINE_PATTERN, PROSE_PATTERN } from './visible-text.ts'
import type { Words } from './words.ts'

const patternWords = new Map<string, Words>()

/** What a text should be that does not have one of our patterns; undefined for a pattern that nobody named. */
export const wordsOfPattern = (pattern: string): Words | undefined => patternWords.get(pattern)

/** Text of a pattern, and what to tell somebody whose text does not have it. */
export function Formed(
  pattern: string,
  words: Words,
  options: { format?: string; minLength?: number; maxLength?: number; description?: string } = {},
) {
  patternWords.set(pattern, words)
  return Type.String({ ...options, pattern })
}

/** A UUIDv7, lower case. */
export const Uuid = Formed(
  '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  { zh: '应为小写的 UUID', en: 'must be a UUID in lower case' },
  { format: 'uuid' },
)

/** A calendar month `YYYY-MM` in Asia/Shanghai, 2000-01 to 2099-12. */
export const Period = Formed(
  '^20[0-9]{2}-(0[1-9]|1[0-2])$',
  { zh: '应为月份，如 2026-11', en: 'must be a month, as 2026-11' },
  { description: 'Calendar month YYYY-MM, Asia/Shanghai' },
)
export type Period = Static<typeof Period>

/** A calendar year. */
export const Year = Type.Integer({ minimum: 2000, maximum: 2099, description: 'Calendar year' })

/** Largest amount in yuan that the system stores: 9,999,999,999,999 (about 10 万亿元). */
export const MAX_YUAN = 9_999_999_999_999

/** A non-negative whole number of yuan (元). Fractions are refused, never rounded. */
export const Yuan = Type.Integer({ minimum: 0, maximum: MAX_YUAN, description: 'Whole yuan (元)' })

/** A whole number of yuan that may be below zero (differences and unpaid gaps). */
export const SignedYuan = Type.Integer({
  minimum: -MAX_YUAN,
  maximum: MAX_YUAN,
  description: 'Whole yuan (元), signed',
})

/** An instant, RFC 3339, in the years 1900 to 2099 and without leap seconds: what both PostgreSQL and a clock can tell. */
export const Instant = Formed(
  '^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$',
  { zh: '应为时间，如 2026-11-05T10:00:00Z', en: 'must be an instant, as 2026-11-05T10:00:00Z' },
  { format: 'date-time', description: 'RFC 3339 instant, UTC' },
)

/** A calendar date `YYYY-MM-DD` in Asia/Shanghai that exists, 1900-01-01 to 2099-12-31. */
export const CalendarDate = Formed(
  '^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$',
  {
    zh: '应为 1900 至 2099 年间真实存在的日期，如 2026-11-05',
    en: 'must be a day that exists, from 1900 to 2099, as 2026-11-05',
  },
  { format: 'date', description: 'Calendar date YYYY-MM-DD, Asia/Shanghai' },
)

/** GB/T 2260 code of six digits, or one that an operator registered (410871). */
export const RegionCode = Formed(
  '^[1-9][0-9]{5}$',
  { zh: '应为六位数字', en: 'must be six digits' },
  { description: 'GB/T 2260 region code, six digits; operator-registered codes allowed' },
)

/** 统一社会信用代码 (GB 32100-2015): 18 characters of its alphabet; the check digit is verified where it is stored. */
export const CreditCode = Formed(
  '^[0-9A-HJ-NP-RTUW-Y]{18}$',
  { zh: '应为 18 位统一社会信用代码', en: 'must be 18 characters of a credit code' },
  { description: '统一社会信用代码, its check digit is verified' },
)

/** A percentage with two decimals, rounded half up; null stands for "—" (nothing to divide by). */
export const Percent = Type.Union([Type.Number(), Type.Null()], {
  description: 'Percent, two decimals, rounded half up; null when the denominator is 0',
})

/** One line of visible text, see LINE_PATTERN: 1 to `maxLength` characters. */
export const Line = (maxLength: number, description?: string) =>
  Formed(
    LINE_PATTERN,
    {
      zh: '应为一行可见文字，首尾不留空格，不能含控制字符、零宽字符、方向标记或表情符号',
      en: 'must be one line of visible text without spaces around it, control, zero-width or direction characters, or emoji',
    },
    { minLength: 1, maxLength, ...(description === undefined ? {} : { description }) },
  )

/** Visible text of several lines, see PROSE_PATTERN: 0 to `maxLength` characters. */
export const Prose = (maxLength: number, description?: string) =>
  Formed(
    PROSE_PATTERN,
    {
      zh: '不能含控制字符、零宽字符、方向标记或表情符号',
      en: 'must not have control, zero-width or direction characters, or emoji',
    },
    { maxLength, ...(description === undefined ? {} : { description }) },
  )

/** The value or null. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** An object that refuses unknown fields. */
export const Closed = <T extends TProperties>(properties: T, options: { description?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** A string that is one of `values`. */
export const OneOf = <const T extends readonly [string, ...string[]]>(values: T, description?: string) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...values], ...(description === undefined ? {} : { description }) }))

/** Query parameters of every list: an opaque cursor and a page size of 1 to 200 (20 when absent). */
export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 300, description: 'nextCursor of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Rows per page, 20 when absent' })),
}

/** One page of a list; `nextCursor` is null when nothing follows. The page after a full one may be empty. */
export const PageOf = <T extends TSchema>(item: T) =>
  Closed({ items: Type.Array(item), nextCursor: Nullable(Type.String()) })
