import type { IndicatorChange } from '@tiaodu/types'

/** A fact that is kept with its version. */
export interface Kept<T> {
  readonly id: string
  readonly version: number
  readonly facts: T
}

/** A fact as it is to be, with what changed; version 1 is its first. */
export interface Changed<T> extends Kept<T> {
  readonly changes: IndicatorChange['changes']
}

/** What a fact becomes; undefined when nothing differs. */
export function decideFact<T extends object>(
  known: Kept<T> | undefined,
  facts: T,
  newId: string,
): Changed<T> | undefined {
  const before = known?.facts as Record<string, unknown> | undefined
  const changes = Object.entries(facts)
    .filter(([field, value]) => before?.[field] !== value)
    .map(([field, value]) => ({ field, from: before?.[field] ?? null, to: value }))
  if (known !== undefined && changes.length === 0) return undefined
  return {
    id: known?.id ?? newId,
    version: (known?.version ?? 0) + 1,
    facts,
    changes: known === undefined ? [] : changes,
  }
}
