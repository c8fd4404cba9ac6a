import type { ReportEntry } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { toChanges } from '../../src/domain/differences.ts'
import { EMPTY_ENTRY } from '../../src/domain/report.ts'

const anyEntry: fc.Arbitrary<ReportEntry> = fc.record({
  completedYuan: fc.option(fc.nat()),
  fundsReceived: fc.uniqueArray(
    fc.record({ source: fc.constantFrom('ownFunds', 'bankLoan', 'other'), yuan: fc.nat() }),
    { selector: ({ source }) => source },
  ) as fc.Arbitrary<ReportEntry['fundsReceived']>,
  visualProgress: fc.string(),
  difficulties: fc.string(),
  nextSteps: fc.string(),
  explanations: fc.constant([]),
})

t.test('each field that says something else is named with what it said and says, money source by source', async (t) => {
  const before = {
    ...EMPTY_ENTRY,
    completedYuan: 5,
    visualProgress: '主体',
    fundsReceived: [{ source: 'bankLoan', yuan: 3 }],
  }
  const after = { ...before, completedYuan: 7, fundsReceived: [{ source: 'foreign', yuan: 1 }] }
  t.same(toChanges(before as ReportEntry, after as ReportEntry), [
    { field: 'completedYuan', before: 5, after: 7 },
    { field: 'fundsReceived.bankLoan', before: 3, after: null },
    { field: 'fundsReceived.foreign', before: null, after: 1 },
  ])
})

t.test('an entry does not differ from itself, and differences turn round with their sides', async () => {
  fc.assert(fc.property(anyEntry, (entry) => toChanges(entry, { ...entry }).length === 0))
  fc.assert(
    fc.property(anyEntry, anyEntry, (a, b) => {
      const there = toChanges(a, b)
      const back = toChanges(b, a)
      return (
        there.length === back.length &&
        there.every(({ field, before, after }) =>
          back.some((change) => change.field === field && change.before === after && change.after === before),
        )
      )
    }),
  )
})
