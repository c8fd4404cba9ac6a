import fc from 'fast-check'
import t from 'tap'
import { decideRetry, RETRY_POLICIES } from '../../src/domain/retries.ts'

const DAY = 86_400
const channel = fc.constantFrom(...(Object.keys(RETRY_POLICIES) as (keyof typeof RETRY_POLICIES)[]))

t.test('a webhook is tried for three days and not a second longer, whatever chance says', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }), (chances) => {
      let [age, attempts] = [0, 1]
      for (;;) {
        const pause = decideRetry('webhook', { attempts, ageSeconds: age }, chances[attempts] ?? 0.5)
        if (pause === null) break
        t.ok(pause > 0)
        age += pause
        attempts++
      }
      t.equal(age, 3 * DAY, 'the last attempt is when the time is up')
      t.ok(attempts >= 9 && attempts <= 15)
    }),
    { numRuns: 50 },
  )
})

t.test('what failed together does not come back together', async (t) => {
  fc.assert(
    fc.property(channel, fc.integer({ min: 2, max: 8 }), (name, attempts) => {
      const early = decideRetry(name, { attempts, ageSeconds: 0 }, 0) ?? 0
      const late = decideRetry(name, { attempts, ageSeconds: 0 }, 1) ?? 0
      t.ok(late > early && late <= early * 1.6 + 1)
    }),
  )
})

t.test('the other side may ask for a longer pause, never for a shorter one', async (t) => {
  t.equal(decideRetry('webhook', { attempts: 1, ageSeconds: 0, atLeastSeconds: 3_600 }, 0.5), 3_600)
  t.equal(decideRetry('webhook', { attempts: 2, ageSeconds: 0, atLeastSeconds: 1 }, 0.5), 300)
  t.equal(decideRetry('webhook', { attempts: 2, ageSeconds: 3 * DAY - 10, atLeastSeconds: DAY }, 0.5), 10)
})
