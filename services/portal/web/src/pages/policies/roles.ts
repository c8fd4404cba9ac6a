import type { Actor } from '@tiaodu/types'

/** Who changes policies; the service has the last word. */
export const isKeeper = ({ role }: Pick<Actor, 'role'>): boolean => role === 'operator' || role === 'supervisor'

/** Who looks at what would be sent. */
export const mayPreview = (actor: Pick<Actor, 'role'>): boolean => isKeeper(actor) || actor.role === 'leader'
