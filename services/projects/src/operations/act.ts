import type { Actor } from '@tiaodu/types'

/** Who does something, and when. */
export interface Act {
  readonly now: Date
  readonly actorId: string | null
  readonly actorName: string
}

/** The act of whoever calls a route. */
export const toAct = ({ actor, now }: { actor: Actor; now: Date }): Act => ({
  now,
  actorId: actor.personId,
  actorName: actor.name,
})
