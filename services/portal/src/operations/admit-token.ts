import { createHash } from 'node:crypto'
import type { Database } from '@tiaodu/database'
import type { Tokens } from '@tiaodu/service'
import { ProblemError, toDateOn } from '@tiaodu/types'
import { toActor } from '../domain/api-token.ts'
import type { DB } from '../generated/tables.ts'
import { findToken, type KnownToken } from '../repositories/api-tokens.repository.ts'

export type { KnownToken }

/** Lets other systems in. */
export interface Admission {
  /** Whose secret it is; asked for every call, so that what was revoked is known at once. @throws not-signed-in */
  find(secret: string): Promise<KnownToken>
  /** A signed word of who calls, for the services behind the door. @throws token-revoked, token-expired */
  admit(token: KnownToken, now: Date): Promise<string>
}

// A word is used again for a while, so that it is neither signed nor verified anew for each call.
const WORD_SECONDS = 120
const REUSED_MS = 60_000
const KEPT = 1_000

export const hashSecret = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()

function assertWorks({ isRevoked, expiresOn }: KnownToken, now: Date): void {
  if (isRevoked) throw new ProblemError('token-revoked')
  if (expiresOn < toDateOn(now))
    throw new ProblemError('token-expired', { zh: `有效期至 ${expiresOn}`, en: `It worked until ${expiresOn}` })
}

export function createAdmission(database: Database<DB>, tokens: Tokens): Admission {
  const words = new Map<string, { word: Promise<string>; until: number }>()
  return {
    async find(secret) {
      const token = await findToken(database, hashSecret(secret))
      if (token === undefined) throw new ProblemError('not-signed-in')
      return token
    },
    async admit(token, now) {
      assertWorks(token, now)
      const known = words.get(token.id)
      if (known !== undefined && known.until > now.getTime()) return known.word
      if (words.size >= KEPT) words.clear()
      const word = tokens.sign(toActor(token), { seconds: WORD_SECONDS })
      words.set(token.id, { word, until: now.getTime() + REUSED_MS })
      return word
    },
  }
}
