import type { Actor } from '@tiaodu/types'

/** Where a project stands: who answers for it and in which region. */
export interface Place {
  readonly unitId: string | null
  readonly regionCode: string
}

/** What an actor may touch: one unit's projects, or those of a region and all below it. */
export interface Reach {
  /** null: any unit */
  readonly unitId: string | null
  /** Leading digits of the region codes within reach; '' is everywhere. */
  readonly regionPrefix: string
}

const NATIONAL = '100000'
// The nil UUID is no unit's: a filer without a unit reaches nothing.
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Filers and heads reach their own unit; everybody else their region and what lies below it. */
export function reachOf(actor: Actor): Reach {
  if (actor.role === 'filer' || actor.role === 'head') return { unitId: actor.unitId ?? NOBODY, regionPrefix: '' }
  if (actor.regionCode === NATIONAL) return { unitId: null, regionPrefix: '' }
  return { unitId: null, regionPrefix: actor.regionCode.replace(/(00){1,2}$/, '') }
}

/** Whether a project at `place` lies within `reach`. */
export const isWithin = (reach: Reach, place: Place): boolean =>
  (reach.unitId === null || reach.unitId === place.unitId) && place.regionCode.startsWith(reach.regionPrefix)
