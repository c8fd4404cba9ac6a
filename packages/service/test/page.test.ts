import { ProblemError } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { fromCursor, toPage } from '../src/index.ts'

const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `项目-${n}` }))

t.test('a page holds no more than asked; its cursor is the place of its last row', (t) => {
  fc.assert(
    fc.property(fc.nat(30), fc.integer({ min: 1, max: 30 }), (count, limit) => {
      const { items, nextCursor } = toPage(rows(count), limit, ({ id }) => [id])
      t.equal(items.length, Math.min(count, limit))
      if (nextCursor === null) return t.ok(count <= limit)
      return t.same(fromCursor(nextCursor, 1), [`项目-${limit - 1}`])
    }),
  )
  t.end()
})

t.test('whatever is not a cursor of ours is refused by name', (t) => {
  const foreign = ['', 'abc', '%%%', ...['null', '{}', '[1]', '["a","b"]', '["a"'].map(btoa)]
  for (const cursor of foreign) {
    t.throws(() => fromCursor(cursor, 1), { code: 'validation-failed', fields: [{ field: 'cursor' }] })
  }
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      try {
        return fromCursor(cursor, 3).length === 3
      } catch (error) {
        return error instanceof ProblemError
      }
    }),
  )
  t.end()
})
