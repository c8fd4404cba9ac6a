import { createSeal, createTokens, type Seal, type Tokens } from '@tiaodu/service'
import type { Actor, Role } from '@tiaodu/types'

/** The secret of every test's tokens. */
export const TEST_SECRET = 'test-secret-test-secret-test-secret-0'

/** Signs as the services under test expect. */
export const testTokens: Tokens = createTokens(TEST_SECRET)

/** Seals as the services under test do. */
export const testSeal: Seal = createSeal(TEST_SECRET)

/** An actor of a role; reaches the whole of 焦作市 (410800) unless told otherwise. */
export const actorOf = (role: Role, fields: Partial<Actor> = {}): Actor => ({
  personId: null,
  name: `test ${role}`,
  role,
  unitId: null,
  regionCode: '410800',
  ...fields,
})

/** Request headers that sign an actor in. */
export const signedIn = async (actor: Actor): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await testTokens.sign(actor, { seconds: 3_600 })}`,
})
