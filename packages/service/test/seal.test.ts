import fc from 'fast-check'
import t from 'tap'
import { createSeal } from '../src/index.ts'

const seal = createSeal('a secret of at least thirty-two characters')

t.test('what is sealed comes back as it was, and lies differently each time', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      t.same(seal.open(seal.close(value)), value)
      t.not(seal.close(value), seal.close(value))
    }),
    { numRuns: 30 },
  )
  t.notMatch(Buffer.from(seal.close('whsec_abc'), 'base64').toString('latin1'), /whsec/)
})

t.test('what somebody changed, or sealed with another key, is not opened', async (t) => {
  const bytes = Buffer.from(seal.close({ secret: 's' }), 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    t.throws(() => seal.open(changed.toString('base64')))
  }
  t.throws(() => createSeal('another secret of thirty-two characters').open(bytes.toString('base64')))
})
