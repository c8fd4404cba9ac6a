import type { Case } from './held-out.ts'
import { type Spread, toSpread } from './interval.ts'
import { type Lesson, learn } from './year-end.ts'

/** From whom is learned: projects of the same category and stage, of the same category, or all. */
const POOLS = ['peers', 'category', 'all'] as const
export type Pool = (typeof POOLS)[number]

/** With fewer cases than this a pool teaches nothing by itself, and the next wider one is asked. */
export const LEAST_CASES = 20
/** Who is judged by strangers is told a wider interval. */
export const WIDENING: Readonly<Record<Pool, number>> = { peers: 1, category: 1.2, all: 1.5 }

type Peer = Pick<Case, 'category' | 'stage'>
const KEYS: Readonly<Record<Pool, (peer: Peer) => string>> = {
  peers: ({ category, stage }) => JSON.stringify([category, stage]),
  category: ({ category }) => JSON.stringify([category]),
  all: () => '[]',
}

/** What the cases of one pool teach; no spread with too few. */
export interface Teaching {
  readonly lesson: Lesson
  readonly spread: Spread | null
}
/** The teachings of the pools that have enough cases, by key; that of all is always there. */
export type Teachings = Readonly<Record<string, Teaching>>

const NOTHING: Teaching = { lesson: learn([], 0), spread: null }

/** What a project is forecast with: the narrowest pool that has enough cases. */
export function teachingFor(teachings: Teachings, peer: Peer): Teaching & { readonly pool: Pool } {
  const pool = POOLS.find((one) => teachings[KEYS[one](peer)] !== undefined) ?? 'all'
  return { pool, ...(teachings[KEYS[pool](peer)] ?? NOTHING) }
}

/** A case, and by how many percentage points of its plan the forecast had missed it. */
export interface Tested {
  readonly one: Case
  readonly points: number
}

interface Pooled {
  readonly cases: (Case & { readonly month: number })[]
  readonly errors: number[]
}

/** Cases that have come about, and what they teach together. */
export function createPastCases(horizon: number) {
  const pools = new Map<string, Pooled>()
  return {
    /** Adds the cases of one month (1 to 12). */
    add(tested: readonly Tested[], month: number): void {
      for (const { one, points } of tested)
        for (const key of POOLS.map((pool) => KEYS[pool](one))) {
          const pooled = pools.get(key) ?? { cases: [], errors: [] }
          pooled.cases.push({ ...one, month })
          pooled.errors.push(points)
          pools.set(key, pooled)
        }
    },
    teach(): Teachings {
      const all = KEYS.all({ category: '', stage: '' })
      const taught = [...pools].filter(([key, { cases }]) => key === all || cases.length >= LEAST_CASES)
      const teachings = taught.map(([key, { cases, errors }]) => [
        key,
        { lesson: learn(cases, horizon), spread: toSpread(errors, LEAST_CASES) },
      ])
      return { [all]: { lesson: learn([], horizon), spread: null }, ...Object.fromEntries(teachings) }
    },
  }
}
