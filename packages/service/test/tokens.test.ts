import fc from 'fast-check'
import { SignJWT } from 'jose'
import t from 'tap'
import { createTokens, serviceActor } from '../src/index.ts'
import { actorOf, SECRET, tokens } from './fixtures/app.ts'

const signatureOf = (token: string) => Buffer.from(token.split('.')[2] ?? '', 'base64url').toString('hex')

t.test('a token says who signed in, and for how long', async (t) => {
  const actor = actorOf('leader', { unitId: '01932f5e-0000-7000-8000-0000000000aa' })
  const claims = await tokens.verify(await tokens.sign(actor, { sessionId: 'session', seconds: 60 }))
  t.match(claims, { actor, sessionId: 'session' })
  t.equal((await tokens.verify(await tokens.sign(serviceActor('portal'), { seconds: 60 })))?.sessionId, null)
})

t.test('every process with the secret believes it; a changed character makes it worthless', async (t) => {
  const token = await tokens.sign(actorOf('operator'), { seconds: 60 })
  t.ok(await createTokens(SECRET).verify(token))
  const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...characters), async (at, character) => {
      const changed = token.slice(0, at) + character + token.slice(at + 1)
      // The last character of base64url carries two bits that mean nothing: the signature may be the same bytes.
      fc.pre(changed !== token && (at !== token.length - 1 || signatureOf(changed) !== signatureOf(token)))
      return (await createTokens(SECRET).verify(changed)) === undefined
    }),
  )
})

t.test('the secret alone is not enough: algorithm, actor and end must be as we sign them', async (t) => {
  const key = new TextEncoder().encode(SECRET)
  const actor = actorOf('operator')
  const now = Math.floor(Date.now() / 1000)
  const sign = (claims: Record<string, unknown>, alg = 'HS256') =>
    new SignJWT(claims).setProtectedHeader({ alg }).sign(key)
  t.match(await tokens.verify(await sign({ actor, exp: now + 60 })), { actor }, 'as we sign them')
  t.equal(await tokens.verify(await sign({ actor, exp: now + 60 }, 'HS512')), undefined, 'another algorithm')
  t.equal(await tokens.verify(await sign({ actor })), undefined, 'no end')
  t.equal(await tokens.verify(await sign({ exp: now + 60 })), undefined, 'no actor')
  t.equal(await tokens.verify(await sign({ actor, exp: now + 60, nbf: now + 50 })), undefined, 'not valid yet')
})

t.test('one of our services is no person, is of no unit, and is named', (t) => {
  const fields = { personId: null, name: 'service:portal', role: 'service', unitId: null, regionCode: '100000' }
  t.same(serviceActor('portal'), fields)
  t.end()
})
