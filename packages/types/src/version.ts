import Type, { type Static } from 'typebox'
import { Closed, Instant, Nullable, Uuid } from './primitives.ts'

/** One version of something: who changed what, when and why. Version 1 is its registration. */
export const Version = Closed({
  version: Type.Integer(),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  reason: Nullable(Type.String()),
  changes: Type.Array(Closed({ field: Type.String(), from: Type.Unknown(), to: Type.Unknown() })),
})
export type Version = Static<typeof Version>

/** Which version of a rule stands, and who decided it, when and why; a schema's last fields. */
export const decided = {
  version: Type.Integer({ description: 'Send it back as If-Match' }),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  reason: Type.String(),
}
