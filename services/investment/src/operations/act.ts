import { type Actor, refuse } from '@tiaodu/types'

/** Who does something, and when. */
export interface NamedAct {
  readonly now: Date
  readonly actorId: string | null
  readonly actorName: string
  /** The version the actor has seen, undefined when they did not say. */
  readonly expectedVersion: number | undefined
}

/** The act of whoever calls a route. */
export const toNamedAct = (context: { actor: Actor; now: Date; expectedVersion: number | undefined }): NamedAct => ({
  now: context.now,
  actorId: context.actor.personId,
  actorName: context.actor.name,
  expectedVersion: context.expectedVersion,
})

/** Holds what is stored against the version that the caller has read. @throws version-mismatch naming If-Match */
export function assertVersion(version: number, { expectedVersion }: NamedAct): void {
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw refuse('version-mismatch', 'If-Match', {
      zh: `现已是第 ${version} 版`,
      en: `It is at version ${version} by now`,
    })
}
