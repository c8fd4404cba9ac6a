import fc from 'fast-check'
import t from 'tap'
import { createTokens, serviceActor } from '../src/index.ts'
import { actorOf, SECRET, tokens } from './fixtures/app.ts'

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
      // The last character of base64url carries bits that mean nothing.
      fc.pre(changed !== token && at !== token.length - 1)
      return (await createTokens(SECRET).verify(changed)) === undefined
    }),
  )
})
