import fc from 'fast-check'
import t from 'tap'
import type { TSchema } from 'typebox'
import Schema from 'typebox/schema'
import {
  CalendarDate,
  Closed,
  Instant,
  Line,
  MAX_YUAN,
  Nullable,
  OneOf,
  Period,
  Prose,
  pageQuery,
  RegionCode,
  SignedYuan,
  Uuid,
  Yuan,
} from '../src/primitives.ts'

const cases: Record<string, { schema: TSchema; good: unknown[]; bad: unknown[] }> = {
  'yuan are whole, not negative and bounded': {
    schema: Yuan,
    good: [0, 1, MAX_YUAN],
    bad: [-1, 0.5, MAX_YUAN + 1, 10 ** 16, '1', null, Number.NaN],
  },
  'a period is a month of this century': {
    schema: Period,
    good: ['2026-01', '2026-12', '2099-12'],
    bad: ['2026-00', '2026-13', '2026-1', '1999-12', '2026-01-01', '２０２６-01', ' 2026-01', 202601],
  },
  'a region code has six digits': {
    schema: RegionCode,
    good: ['410800', '410871'],
    bad: ['41080', '4108000', '010800', '41080a', 410800],
  },
  'an id is a UUID in lower case': {
    schema: Uuid,
    good: ['01932f5e-0000-7000-8000-000000000001'],
    bad: ['01932F5E-0000-7000-8000-000000000001', '01932f5e000070008000000000000001', ''],
  },
  'a difference in yuan may be below zero': {
    schema: SignedYuan,
    good: [-MAX_YUAN, -1, 0, MAX_YUAN],
    bad: [-MAX_YUAN - 1, MAX_YUAN + 1, -0.5, '-1', null],
  },
  'a date exists in the calendar': {
    schema: CalendarDate,
    good: ['2024-02-29', '2026-12-31'],
    bad: [
      '0000-01-01',
      '9999-12-31',
      '2026-02-29',
      '2026-02-30',
      '2026-13-01',
      '2026-1-1',
      '2026/01/01',
      '2026-01-01T00:00:00Z',
      '',
      20260101,
    ],
  },
  'an instant has a date, a time and an offset': {
    schema: Instant,
    good: ['2026-12-07T10:00:00Z', '2026-12-07T10:00:00.123Z', '2026-12-07T18:00:00+08:00'],
    bad: ['2026-12-07', '2026-12-07 10:00', '2026-12-07T10:00:00', '2026-12-07T25:00:00Z', '2026-02-30T00:00:00Z', 0],
  },
  'what may be unknown is null, never absent or empty': {
    schema: Nullable(Uuid),
    good: [null, '01932f5e-0000-7000-8000-000000000001'],
    bad: ['', undefined, 0, false],
  },
  'one of a list is exactly one of its words': {
    schema: OneOf(['yes', 'no']),
    good: ['yes', 'no'],
    bad: ['Yes', 'yes ', '', 'yesno', null, ['yes']],
  },
  'a page is asked for with a size from 1 to 200, and nothing else': {
    schema: Closed(pageQuery),
    good: [{}, { limit: 1 }, { limit: 200, cursor: 'abc' }],
    bad: [{ limit: 0 }, { limit: 201 }, { limit: 1.5 }, { limit: '20' }, { page: 2 }, { cursor: 'a'.repeat(301) }],
  },
  'a line is visible text without breaks': {
    schema: Line(10),
    good: [
      '路',
      '焦唐高速 温县段',
      'a',
      '九渡水库（二期）',
      '𬭎桥',
      '★三十工程',
      '№1 ✓ ①',
      '路'.repeat(10),
      '𬭎'.repeat(10),
    ],
    bad: [
      '',
      '   ',
      '\u3000',
      'a\nb',
      'a\r',
      'a\u2028',
      'a\tb',
      'a\u200bb',
      '\u202eabc',
      'a\u0000',
      '\ufeffa',
      'a\ufffd',
      'a\ud800',
      '\udc00a',
      'a\u00ad',
      '\u061ca',
      '路'.repeat(11),
      7,
    ],
  },
  'prose may have lines and may be empty': {
    schema: Prose(10),
    good: ['', '主体\n封顶', '路'.repeat(10)],
    bad: ['a\u200b', '\u202e', '\u0007', '\ud83d', '路'.repeat(11)],
  },
}

// A name of an assertion is one line, whatever character it is about.
const shown = (value: unknown) =>
  (JSON.stringify(value) ?? 'undefined')
    .slice(0, 60)
    .replace(/[\p{C}\p{Z}]/gu, (character) => `U+${character.charCodeAt(0).toString(16)}`)

for (const [rule, { schema, good, bad }] of Object.entries(cases)) {
  t.test(rule, (t) => {
    const compiled = Schema.Compile(schema)
    for (const value of good) t.ok(compiled.Check(value), `takes ${shown(value)}`)
    for (const value of bad) t.notOk(compiled.Check(value), `refuses ${shown(value)}`)
    t.end()
  })
}

t.test('of all numbers only the whole ones within bounds are yuan', (t) => {
  const compiled = Schema.Compile(Yuan)
  const numbers = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer({ min: -2, max: 2 }))
  fc.assert(fc.property(numbers, (n) => compiled.Check(n) === (Math.floor(n) === n && n >= 0 && n <= MAX_YUAN)))
  t.end()
})

t.test('a line that is taken survives the way to the database: UTF-8 gives it back', (t) => {
  const compiled = Schema.Compile(Line(50))
  let taken = 0
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 9 })
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 50 }), units), (drawn) => {
      const text = typeof drawn === 'string' ? drawn : String.fromCharCode(...drawn)
      if (!compiled.Check(text)) return true
      taken += 1
      return Buffer.from(text).toString('utf8') === text && !text.includes('\0')
    }),
    { numRuns: 2_000 },
  )
  t.ok(taken > 100, 'enough of them were lines')
  t.end()
})
