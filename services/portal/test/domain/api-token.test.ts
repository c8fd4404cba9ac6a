import { addDays, ProblemError, TOKEN_DAYS } from '@tiaodu/types'
import t from 'tap'
import { decideExpiry, isApiToken, toActor } from '../../src/domain/api-token.ts'

const fieldOf = (work: () => unknown): string | undefined => {
  try {
    return void work()
  } catch (error) {
    if (error instanceof ProblemError) return error.faults[0]?.field
    throw error
  }
}

t.test('a token works until a day from today to a year ahead, half a year when nobody says', async (t) => {
  for (const today of ['2026-11-25', '2027-12-31', '2028-02-29']) {
    t.equal(decideExpiry(undefined, today), addDays(today, 180))
    const refused: number[] = []
    for (let days = -40; days <= 400; days++) {
      const asked = addDays(today, days)
      if (fieldOf(() => decideExpiry(asked, today)) === 'expiresOn') refused.push(days)
      else t.equal(decideExpiry(asked, today), asked)
    }
    t.same(
      [refused.filter((days) => days < 0).length, refused.filter((days) => days >= 0)[0]],
      [40, TOKEN_DAYS.most + 1],
    )
  }
})

t.test('nothing but the form of our secrets is taken for one', async (t) => {
  t.ok(isApiToken(`tdk_${'a'.repeat(43)}`))
  for (const text of [
    '',
    'tdk_',
    `tdk_${'a'.repeat(42)}`,
    `tdk_${'a'.repeat(44)}`,
    `tdk_${'a'.repeat(42)}.`,
    `abc_${'a'.repeat(43)}`,
  ])
    t.notOk(isApiToken(text), text)
})

t.test('who calls carries the name and the beginning of the token, and reaches its region alone', async (t) => {
  const token = { name: '市'.repeat(60), prefix: 'tdk_Ab12Cd34', regionCode: '410802' } as const
  t.match(toActor({ ...token, access: 'read' }), {
    role: 'integrator',
    regionCode: '410802',
    personId: null,
    unitId: null,
  })
  const { role, name } = toActor({ ...token, access: 'keep' })
  t.equal(role, 'contributor')
  t.match(name, 'tdk_Ab12Cd34')
  t.ok(name.length <= 100, 'as long as the name of an actor may be')
})
