import { type Actor, refuse } from '@tiaodu/types'

/** Who does something, and when. */
export interface Act {
  readonly actor: Actor
  readonly now: Date
  /** The version in If-Match; undefined when it was not sent. */
  readonly expectedVersion: number | undefined
}

/** Nobody saved in between. @throws version-mismatch */
export function assertVersion(version: number, { expectedVersion }: Act): void {
  if (expectedVersion === undefined || expectedVersion === version) return
  throw refuse('version-mismatch', 'If-Match', {
    zh: `现已是第 ${version} 版`,
    en: `It is at version ${version} by now`,
  })
}
