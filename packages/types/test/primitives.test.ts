import t from 'tap'
import type { TSchema } from 'typebox'
import Schema from 'typebox/schema'
import { Line, MAX_YUAN, Period, Prose, RegionCode, Uuid, Yuan } from '../src/primitives.ts'

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
  'a line is visible text without breaks': {
    schema: Line(10),
    good: ['路', '焦唐高速 温县段', 'a', '九渡水库（二期）'],
    bad: ['', '   ', 'a\nb', 'a\tb', 'a\u200bb', '\u202eabc', 'a\u0000', '\ufeffa', '路'.repeat(11)],
  },
  'prose may have lines and may be empty': {
    schema: Prose(10),
    good: ['', '主体\n封顶', '路'.repeat(10)],
    bad: ['a\u200b', '\u202e', '\u0007', '路'.repeat(11)],
  },
}

for (const [rule, { schema, good, bad }] of Object.entries(cases)) {
  t.test(rule, (t) => {
    const compiled = Schema.Compile(schema)
    for (const value of good) t.ok(compiled.Check(value), `takes ${JSON.stringify(value)}`)
    for (const value of bad) t.notOk(compiled.Check(value), `refuses ${JSON.stringify(value)}`)
    t.end()
  })
}
