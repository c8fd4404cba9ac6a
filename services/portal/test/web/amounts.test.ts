import t from 'tap'
import { percentOf, toPercent } from '../../web/src/format/percent.ts'
import { fromWanInput, toWanInput } from '../../web/src/format/wan-input.ts'

t.test('an amount typed in 万元 is whole yuan, to the last one', async (t) => {
  const typed: [string, number | null | undefined][] = [
    ['', null],
    ['0', 0],
    ['1800.5', 18_005_000],
    ['0.0001', 1],
    ['12,345.6789', 123_456_789],
    ['999999999.9999', 9_999_999_999_999],
    ['1.00001', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['一百', undefined],
    ['.5', undefined],
  ]
  for (const [text, yuan] of typed) t.equal(fromWanInput(text), yuan, text)
})

t.test('what is shown for typing is what was stored', async (t) => {
  for (const yuan of [null, 0, 1, 9_999, 10_000, 18_005_000, 123_456_789, 9_999_999_999_999]) {
    t.equal(fromWanInput(toWanInput(yuan)), yuan)
  }
})

t.test('a rate is rounded half up to two decimals, and is a dash without a plan', async (t) => {
  t.equal(percentOf(1, 3), 33.33)
  t.equal(percentOf(2, 3), 66.67)
  t.equal(percentOf(1, 32), 3.13)
  t.equal(percentOf(131_100, 100_000), 131.1)
  t.equal(percentOf(5, 0), null)
  t.equal(percentOf(5, null), null)
  t.equal(toPercent(null), '—')
  t.equal(toPercent(60), '60.00%')
})
