import { toDateOn } from '@tiaodu/types'

/** A call with a token, as it was answered. */
export interface TokenCall {
  readonly tokenId: string
  readonly method: string
  /** The address with its parameters by name. */
  readonly route: string
  readonly status: number
}

/** Calls of a token on one day to one route. */
export interface CountedCalls {
  readonly tokenId: string
  readonly calledOn: string
  readonly method: string
  readonly route: string
  readonly answered: number
  readonly refused: number
  readonly lastAt: string
}

export type Tally = ReadonlyMap<string, CountedCalls>

const keyOf = ({ tokenId, calledOn, method, route }: CountedCalls) => `${tokenId} ${calledOn} ${method} ${route}`

/** One call as a count of one. */
export const toCounted = ({ status, ...call }: TokenCall, now: Date): CountedCalls => ({
  ...call,
  calledOn: toDateOn(now),
  answered: status < 400 ? 1 : 0,
  refused: status < 400 ? 0 : 1,
  lastAt: now.toISOString(),
})

/** A tally with more calls in it, whichever came first. */
export function addCounted(tally: Tally, more: Iterable<CountedCalls>): Tally {
  const sum = new Map(tally)
  for (const one of more) {
    const known = sum.get(keyOf(one))
    sum.set(
      keyOf(one),
      known === undefined
        ? one
        : {
            ...one,
            answered: known.answered + one.answered,
            refused: known.refused + one.refused,
            lastAt: known.lastAt > one.lastAt ? known.lastAt : one.lastAt,
          },
    )
  }
  return sum
}
