import t from 'tap'
import { addSummary, type Counts } from '../local/tap-summary.ts'

t.test('the closing lines of all workspaces add up, whatever stands around them', async (t) => {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  addSummary(counts, '@tiaodu/types:test: # { total: 9, pass: 8, fail: 1 }')
  addSummary(counts, '# { total: 3, pass: 2, skip: 1 }')
  addSummary(counts, 'ok 1 - total: 5, pass: 5')
  t.same(counts, { passed: 10, failed: 1, skipped: 1 })
})
