import type { Actor } from '@tiaodu/types'

/** Whether somebody may see the addresses of the people of a unit: filers and heads those of their own alone. */
export const canSeeAddresses = (actor: Pick<Actor, 'role' | 'unitId'>, unitId: string): boolean =>
  (actor.role !== 'filer' && actor.role !== 'head') || actor.unitId === unitId
