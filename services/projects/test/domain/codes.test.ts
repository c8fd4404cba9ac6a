import fc from 'fast-check'
import t from 'tap'
import { creditCodeCheckDigit, isCreditCode } from '../../src/domain/credit-code.ts'
import { assessProjectCode } from '../../src/domain/project-code.ts'

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

t.test('a credit code carries its check digit: published codes hold', (t) => {
  for (const code of ['91350100M000100Y43', '91110000600037341L', '91440300708461136T']) t.ok(isCreditCode(code), code)
  for (const code of ['', '91350100M000100Y4', '91350100M000100Y44', '91350100m000100y43', '91350100M0001O0Y43']) {
    t.notOk(isCreditCode(code), code)
  }
  t.end()
})

t.test('one wrong character, or two neighbours that changed places, never goes unnoticed', (t) => {
  const bodies = fc.array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 })
  fc.assert(
    fc.property(bodies, fc.nat(17), fc.constantFrom(...ALPHABET), (body, at, other) => {
      const code = [...body, creditCodeCheckDigit(body.join(''))]
      const wrong = code.with(at, other)
      fc.pre(wrong[at] !== code[at])
      return isCreditCode(code.join('')) && !isCreditCode(wrong.join(''))
    }),
  )
  fc.assert(
    fc.property(bodies, fc.nat(16), (body, at) => {
      const code = [...body, creditCodeCheckDigit(body.join(''))]
      const [left = '', right = ''] = [code[at], code[at + 1]]
      fc.pre(left !== right)
      return !isCreditCode(
        code
          .with(at, right)
          .with(at + 1, left)
          .join(''),
      )
    }),
  )
  t.end()
})

t.test('a project code names the segment that is wrong', (t) => {
  t.equal(assessProjectCode('2105-410802-04-01-123456'), undefined)
  const cases: [string, RegExp][] = [
    ['2113-410802-04-01-123456', /year and month/],
    ['2105-010802-04-01-123456', /region/],
    ['2105-410802-4-01-1234567', /department/],
    ['2105-410802-04-0A-123456', /type/],
    ['2105-410802-04-01-12345X', /number/],
    ['2105410802040112345600--', /five segments/],
  ]
  for (const [code, expected] of cases) t.match(assessProjectCode(code)?.en, expected, code)
  t.end()
})
