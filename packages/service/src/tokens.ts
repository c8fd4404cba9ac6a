import type { Actor, Role } from '@tiaodu/types'
import { errors, jwtVerify, SignJWT } from 'jose'

/** What a valid token says. `sessionId` is null for services. */
export interface Claims {
  readonly actor: Actor
  readonly sessionId: string | null
  /** Seconds since 1970. */
  readonly expiresAt: number
}

export interface Tokens {
  sign(actor: Actor, options: { sessionId?: string; seconds: number }): Promise<string>
  /** The claims, or undefined when the token is forged, broken or expired. */
  verify(token: string): Promise<Claims | undefined>
}

const KEPT = 5_000

/** Signs and verifies HS256 tokens with one secret; verified ones are remembered until they expire. */
export function createTokens(secret: string): Tokens {
  const key = new TextEncoder().encode(secret)
  const verified = new Map<string, Claims>()
  const remember = (token: string, claims: Claims) => {
    if (verified.size >= KEPT) verified.clear()
    verified.set(token, claims)
    return claims
  }
  return {
    sign: (actor, { sessionId, seconds }) =>
      new SignJWT({ actor, ...(sessionId === undefined ? {} : { sid: sessionId }) })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(key),
    async verify(token) {
      const known = verified.get(token)
      if (known !== undefined) return known.expiresAt > Date.now() / 1000 ? known : undefined
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], requiredClaims: ['exp', 'actor'] })
        return remember(token, {
          actor: payload.actor as Actor,
          sessionId: typeof payload.sid === 'string' ? payload.sid : null,
          expiresAt: payload.exp ?? 0,
        })
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}

/** The actor that one of our services is when it calls another; region 100000 is the whole country. */
export const serviceActor = (name: string): Actor => ({
  personId: null,
  name: `service:${name}`,
  role: 'service' satisfies Role,
  unitId: null,
  regionCode: '100000',
})
