import { ProblemError } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { type CursorForm, fromCursor, toPage } from '../src/index.ts'

const texts = (count: number): CursorForm[] => Array.from({ length: count }, () => 'text' as const)
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `项目-${n}` }))

t.test('a page holds no more than asked; its cursor is the place of its last row', (t) => {
  fc.assert(
    fc.property(fc.nat(30), fc.integer({ min: 1, max: 30 }), (count, limit) => {
      const { items, nextCursor } = toPage(rows(count), limit, ({ id }) => [id])
      t.equal(items.length, Math.min(count, limit))
      if (nextCursor === null) return t.ok(count <= limit)
      return t.same(fromCursor(nextCursor, ['text']), [`项目-${limit - 1}`])
    }),
  )
  t.end()
})

t.test('whatever is not a cursor of ours is refused by name', (t) => {
  const foreign = ['', 'abc', '%%%', ...['null', '{}', '[1]', '["a","b"]', '["a"'].map(btoa)]
  for (const cursor of foreign) {
    t.throws(() => fromCursor(cursor, ['text']), { code: 'validation-failed', faults: [{ field: 'cursor' }] })
  }
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      try {
        return fromCursor(cursor, ['text', 'id', 'count']).length === 3
      } catch (error) {
        return error instanceof ProblemError
      }
    }),
  )
  t.end()
})

t.test('a cursor gives back every text it was made of', (t) => {
  const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (position) => {
      const { nextCursor } = toPage([1, 2], 1, () => position)
      t.match(nextCursor, /^[\w-]+$/, 'as it is, it fits in an address')
      t.same(fromCursor(nextCursor ?? '', texts(position.length)), position)
      t.throws(() => fromCursor(nextCursor ?? '', texts(position.length + 1)), { code: 'validation-failed' })
    }),
  )
  t.end()
})

t.test('a cursor of ours with a character changed is refused, or still only texts that a database can hold', (t) => {
  const ours = toPage([1, 2], 1, () => ['2026-12-07T10:00:00Z', '九渡水库']).nextCursor ?? ''
  const changes = fc.tuple(fc.nat(ours.length - 1), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
  fc.assert(
    fc.property(changes, ([at, other]) => {
      try {
        const position = fromCursor(ours.slice(0, at) + other + ours.slice(at + 1), ['instant', 'text'])
        return position.length === 2 && position.every((part) => typeof part === 'string' && !part.includes('\0'))
      } catch (error) {
        return error instanceof ProblemError && error.code === 'validation-failed'
      }
    }),
  )
  t.throws(() => fromCursor(btoa('["a\\u0000"]'), ['text']), { code: 'validation-failed' })
  t.end()
})

t.test('a part of a cursor has its form: what PostgreSQL could not read never reaches it', (t) => {
  const good: Record<CursorForm, string> = {
    text: '九渡水库',
    id: '01932f5e-0000-7000-8000-000000000001',
    count: '12',
    date: '2026-12-07',
    instant: '2026-12-07T10:00:00.120Z',
  }
  const forms = Object.keys(good) as CursorForm[]
  for (const form of forms) {
    const cursorOf = (value: string) => Buffer.from(JSON.stringify([value])).toString('base64url')
    t.same(fromCursor(cursorOf(good[form]), [form]), [good[form]])
    for (const other of forms.filter((one) => one !== form && form !== 'text')) {
      t.throws(() => fromCursor(cursorOf(good[other]), [form]), { code: 'validation-failed' }, `${other} is no ${form}`)
    }
  }
  t.end()
})
