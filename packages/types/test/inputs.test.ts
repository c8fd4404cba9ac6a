import t from 'tap'
import type { TSchema } from 'typebox'
import Schema from 'typebox/schema'
import { projectFilters, routes } from '../src/index.ts'

/** A value that a route takes, with the way to it. */
interface Taken {
  readonly path: string
  readonly schema: { type?: string; enum?: unknown; format?: string; minimum?: number; maximum?: number }
}

function* leavesOf(schema: TSchema, path: string): Generator<Taken> {
  const { anyOf, items, properties } = schema as { anyOf?: TSchema[]; items?: TSchema; properties?: object }
  if (anyOf !== undefined) for (const one of anyOf) yield* leavesOf(one, path)
  else if (items !== undefined) yield* leavesOf(items, `${path}[]`)
  else if (properties !== undefined)
    for (const [name, one] of Object.entries(properties)) yield* leavesOf(one, `${path}.${name}`)
  else yield { path, schema }
}

const taken = Object.entries(routes).flatMap(([name, { schema }]) =>
  (['params', 'querystring', 'body'] as const).flatMap((part) => {
    const found = (schema as Record<string, TSchema>)[part]
    return found === undefined ? [] : [...leavesOf(found, `${name}.${part}`)]
  }),
)

/** Secrets are hashed and never shown; a cursor and the filters of a view are held against their form by who reads them. */
const READ_ELSEWHERE = /\.password$|\.cursor$|SavedView\.body\.filters\./

const HOSTILE = {
  'control character': '路\u0007桥',
  NUL: '路\0桥',
  'escape of a terminal': '\u001b[31m路',
  emoji: '路🏗桥',
  'emoji of the first plane': '路✅桥',
  'joined emoji': '👨\u200d👩\u200d👧',
  'sign made an emoji': '路❤\ufe0f',
  keycap: '1\ufe0f\u20e3',
  flag: '🇨🇳',
  'right-to-left mark': '路\u200f桥',
  'right-to-left override': '\u202e路桥',
  isolate: '路\u2066桥',
  'zero-width space': '路\u200b桥',
  'zero-width joiner': '路\u200d桥',
  'byte order mark': '\ufeff路桥',
  'Hangul filler': '路\u3164桥',
  tag: '路\u{e0041}桥',
  'half a pair': '路\ud800',
  'replacement character': '路\ufffd',
  '5,000 characters': '路'.repeat(5_000),
  'many digits': '1'.repeat(5_000),
}

const isText = ({ schema }: Taken) => schema.type === 'string' && schema.enum === undefined
const isNumber = ({ schema }: Taken) => schema.type === 'integer' || schema.type === 'number'

/** What of `values` is taken although it must not be. */
const slipsThrough = ({ path, schema }: Taken, values: Record<string, unknown>): string[] => {
  const compiled = Schema.Compile(schema as TSchema)
  return Object.entries(values).flatMap(([what, value]) => (compiled.Check(value) ? [`${path}: ${what}`] : []))
}

t.test('no route takes text with characters that nobody sees, pictures, or no end', async (t) => {
  const texts = taken.filter(isText).filter(({ path }) => !READ_ELSEWHERE.test(path))
  t.ok(texts.length > 200)
  t.same(
    texts.flatMap((one) => slipsThrough(one, HOSTILE)),
    [],
  )
})

t.test('what is read elsewhere has an end', async (t) => {
  const others = taken.filter(isText).filter(({ path }) => READ_ELSEWHERE.test(path))
  t.same(
    others.flatMap((one) => slipsThrough(one, { long: 'a'.repeat(5_000) })),
    [],
  )
})

t.test('a name begins and ends with what can be seen', async (t) => {
  const names = taken.filter(({ path }) => /\.body\..*[nN]ame$/.test(path))
  t.ok(names.length >= 10)
  const values = { before: ' 路', after: '路 ', wide: '路\u3000', nothing: '', blank: ' ' }
  t.same(
    names.flatMap((one) => slipsThrough(one, values)),
    [],
  )
})

t.test('no route takes a day or an instant that does not exist, or that no calendar of ours reaches', async (t) => {
  const days = ['2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '0000-01-01', '9999-12-31', '2026-1-1', '']
  const instants = ['2026-12-31T23:59:60Z', '0000-01-01T00:00:00Z', '2026-01-01T00:00:00+23:59', '2026-02-30T00:00:00Z']
  const dated = taken.filter(({ schema }) => schema.format === 'date' || schema.format === 'date-time')
  t.ok(dated.length > 30)
  const wrong = Object.fromEntries([...days, ...instants].map((text) => [text, text]))
  t.same(
    dated.flatMap((one) => slipsThrough(one, wrong)),
    [],
  )
})

t.test('every number that a route takes has a least and a most, and 10^16 is more than any', async (t) => {
  const numbers = taken.filter(isNumber)
  t.ok(numbers.length > 50)
  const values = { much: 10 ** 16, little: -(10 ** 16), text: '5', nothing: Number.NaN }
  t.same(
    numbers.flatMap((one) => slipsThrough(one, values)),
    [],
  )
  const amounts = numbers.filter(({ path }) => /Yuan$|\.yuan$/.test(path))
  t.ok(amounts.length > 10)
  t.same(
    amounts.flatMap((one) => slipsThrough(one, { fraction: 1.5 })),
    [],
  )
  const totals = numbers.filter(({ path }) => /\.body\.(totalInvestmentYuan|fundingPlan\[\]\.yuan)$/.test(path))
  t.equal(totals.length, 5)
  t.same(
    totals.flatMap((one) => slipsThrough(one, { nothing: 0, negative: -1 })),
    [],
  )
})

t.test('a view keeps filters of the list and no others', async (t) => {
  const kept = taken.filter(({ path }) => path.startsWith('createSavedView.body.filters.'))
  t.same(kept.map(({ path }) => path.split('.').at(-1)).sort(), Object.keys(projectFilters.properties).sort())
})
