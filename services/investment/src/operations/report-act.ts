import type { Actor } from '@tiaodu/types'
import type { Act } from '../domain/report.ts'

/** Who does something to a report, when, and which version they have seen. */
export const toReportAct =
  ({ isSimulated }: { readonly isSimulated: boolean }) =>
  ({ actor, now, expectedVersion }: { actor: Actor; now: Date; expectedVersion: number | undefined }): Act => ({
    actorId: actor.personId,
    regionCode: actor.regionCode,
    unitId: actor.unitId,
    now,
    expectedVersion,
    isSimulated,
  })
