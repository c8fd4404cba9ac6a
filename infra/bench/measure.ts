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

/** One round of load on a server. */
interface Load {
  readonly perSecond: number
  /** 95 of 100 answers came within so many milliseconds. */
  readonly p95Ms: number
}

async function load(target: Target, amount: number, first: number): Promise<Load> {
  let next = first
  const answersMs: number[] = []
  const started = process.hrtime.bigint()
  // autocannon itself rounds up to whole seconds: what counts is when the last answer came.
  let finished = started
  const { '2xx': good } = await autocannon({
    setupClient: (client) =>
      client.on('response', (_status, _bytes, ms) => {
        finished = process.hrtime.bigint()
        answersMs.push(ms)
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
  const p95Ms = answersMs.sort((a, b) => a - b)[Math.floor(answersMs.length * 0.95)] ?? Number.NaN
  return { perSecond: good / (Number(finished - started) / 1e9), p95Ms }
}

/** The middle one of several figures. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Sides {
  readonly floor: Target
  readonly real: Target
}

// Alternating rounds, after one round each to warm up.
async function alternate(amount: number, { floor, real }: Sides): Promise<{ floor: Load; real: Load }[]> {
  const rounds: { floor: Load; real: Load }[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const first = round * amount
    const loads = { floor: await load(floor, amount, first), real: await load(real, amount, first) }
    if (round > 0) rounds.push(loads)
  }
  return rounds
}

/**
 * How many requests a second the real route answers, beside its floor, in alternating rounds.
 * The value and the floor are medians; the ratio is the median of the rounds' own ratios.
 */
export async function measure(name: string, goal: number, amount: number, sides: Sides): Promise<Measure> {
  const rounds = await alternate(amount, sides)
  const ratio = median(rounds.map(({ floor, real }) => real.perSecond / floor.perSecond))
  const [value, floor] = [
    median(rounds.map((one) => one.real.perSecond)),
    median(rounds.map((one) => one.floor.perSecond)),
  ]
  return toMeasure({ name, goal, unit: 'requests/s', ratio, value, floor })
}

/** The same for the time within which 95 of 100 answers come: `goal` is the floor's over the real route's. */
export async function measureP95(name: string, goal: number, amount: number, sides: Sides): Promise<Measure> {
  const rounds = await alternate(amount, sides)
  const ratio = median(rounds.map(({ floor, real }) => floor.p95Ms / real.p95Ms))
  const [value, floor] = [median(rounds.map((one) => one.real.p95Ms)), median(rounds.map((one) => one.floor.p95Ms))]
  return toMeasure({ name, goal, unit: 'ms p95', ratio, value, floor })
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
