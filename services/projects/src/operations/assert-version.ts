import { refuse } from '@tiaodu/types'

/** Holds what is stored against the version that the caller has read. @throws version-mismatch naming If-Match */
export function assertVersion(current: { readonly version: number }, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === current.version) return
  throw refuse('version-mismatch', 'If-Match', {
    zh: `现已是第 ${current.version} 版`,
    en: `It is at version ${current.version} by now`,
  })
}
