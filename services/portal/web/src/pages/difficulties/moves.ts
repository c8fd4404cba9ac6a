import type { Difficulty, Role } from '@tiaodu/types'

const OPEN = ['registered', 'coordinating']

/** What may be done about a difficulty, from where, and by whom; the service has the last word. */
const MOVES = {
  accept: { from: ['registered'], roles: ['filer', 'head', 'reviewer', 'leader', 'supervisor'] },
  resolve: { from: ['coordinating'], roles: ['filer', 'head', 'reviewer', 'leader'] },
  close: { from: ['resolved'], roles: ['supervisor'] },
  return: { from: ['resolved'], roles: ['supervisor'] },
  raise: { from: OPEN, roles: ['filer', 'head', 'reviewer', 'leader', 'supervisor'] },
  reschedule: { from: OPEN, roles: ['reviewer', 'leader', 'supervisor'] },
  reassign: { from: OPEN, roles: ['reviewer', 'leader', 'supervisor'] },
} as const satisfies Record<string, { from: readonly string[]; roles: readonly Role[] }>
export type DifficultyMoveName = keyof typeof MOVES

const OF_UNITS: readonly Role[] = ['filer', 'head']
const HIGHEST = 4

export const movesFor = (
  role: Role,
  unitId: string | null,
  { state, unitInChargeId, coordinationLevel }: Pick<Difficulty, 'state' | 'unitInChargeId' | 'coordinationLevel'>,
): DifficultyMoveName[] =>
  (Object.keys(MOVES) as DifficultyMoveName[]).filter((name) => {
    const { from, roles }: { from: readonly string[]; roles: readonly Role[] } = MOVES[name]
    const isForThem = !OF_UNITS.includes(role) || unitId === unitInChargeId || name === 'raise'
    const isPossible = name !== 'raise' || coordinationLevel < HIGHEST
    return from.includes(state) && roles.includes(role) && isForThem && isPossible
  })
