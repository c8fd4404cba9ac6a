import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The signing key of this data directory's tokens, made at the first start and kept; TOKEN_SECRET overrides it. */
export function tokenSecret(directory: string): string {
  if (process.env.TOKEN_SECRET !== undefined) return process.env.TOKEN_SECRET
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'token-secret')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}
