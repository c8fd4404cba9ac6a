import autocannon from 'autocannon'

/** One line of .data/bench.json: `ratio` is value / floor, `goal` the least ratio that is good enough. */
export interface Measure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly floor: number
  readonly ratio: number
  readonly goal: number
  readonly ok: boolean
}

/** A server under load: where to send the requests of a round, and how to make each of them. */
export interface Target {
  readonly url: string
  readonly headers: Record<string, string>
  readonly method: 'GET' | 'POST'
  /** The path of the nth request since the start. */
  path(n: number): string
}

const CONNECTIONS = 16
const ROUNDS = 7

async function requestsPerSecond(target: Target, amount: number, first: number): Promise<number> {
  let next = first
  const started = process.hrtime.bigint()
  // autocannon itself rounds up to whole seconds: what counts is when the last answer came.
  let finished = started
  const { '2xx': good } = await autocannon({
    setupClient: (client) =>
      client.on('response', () => {
        finished = process.hrtime.bigint()
      }),
    url: target.url,
    connections: CONNECTIONS,
    amount,
    requests: [
      {
        method: target.method,
        headers: target.headers,
        setupRequest: (request) => ({ ...request, path: target.path(next++) }),
      },
    ],
  })
  if (good < amount) throw new Error(`${target.url}: ${amount - good} of ${amount} requests were refused`)
  return good / (Number(finished - started) / 1e9)
}

/** The middle one of several figures. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/**
 * Runs the floor and the real route in alternating rounds, after one round each to warm up.
 * The value and the floor are medians; the ratio is the median of the rounds' own ratios.
 */
export async function measure(
  name: string,
  goal: number,
  amount: number,
  { floor, real }: { floor: Target; real: Target },
): Promise<Measure> {
  const floors: number[] = []
  const values: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const first = round * amount
    const [a, b] = [await requestsPerSecond(floor, amount, first), await requestsPerSecond(real, amount, first)]
    if (round === 0) continue
    floors.push(a)
    values.push(b)
  }
  const ratio = median(values.map((value, index) => value / (floors[index] ?? Number.NaN)))
  return toMeasure({ name, goal, unit: 'requests/s', ratio, value: median(values), floor: median(floors) })
}

/** A line of the result, its figures rounded for people. */
export const toMeasure = (found: Omit<Measure, 'ok'>): Measure => ({
  ...found,
  value: Math.round(found.value),
  floor: Math.round(found.floor),
  ratio: Math.round(found.ratio * 100) / 100,
  ok: found.ratio >= found.goal,
})

/** What took how long, beside how long it may take. */
export const within = (name: string, allowedMs: number, rounds: readonly number[]): Measure => {
  const value = median(rounds)
  return toMeasure({ name, goal: 1, unit: 'ms', value, floor: allowedMs, ratio: allowedMs / value })
}

/** How many milliseconds something takes. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return performance.now() - started
}
