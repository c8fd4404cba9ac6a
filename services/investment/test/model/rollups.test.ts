import assert from 'node:assert/strict'
import { createServiceDatabase } from '@tiaodu/testing'
import type { Light, PortfolioFigure, Stage, Tier } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { migrations } from '../../migrations/index.ts'
import type { DB } from '../../src/generated/tables.ts'
import { type City, createCity, openMonths, PERIODS } from './city.ts'

// Fewer while something is tried out on a busy machine.
const RUNS = Number(process.env.MODEL_RUNS ?? 1_000)
const COMMANDS = 50
const EXACTLY = { minLength: COMMANDS, maxLength: COMMANDS }
const MINUTES = 40

const database = await createServiceDatabase<DB>(t, 'investment', migrations)
await openMonths(database)

type Command = fc.AsyncCommand<object, City>

/** A command that anybody may try at any time: what the rules refuse must leave everything as it was. */
const command = (name: string, run: (city: City) => Promise<unknown>): Command => ({
  check: () => true,
  run: async (_model, city) => {
    await run(city)
  },
  toString: () => name,
})

const project = fc.nat({ max: 1 })
const period = fc.constantFrom(...PERIODS)
const yuan = fc.integer({ min: 0, max: 100_000_000 })
const day = fc.option(
  fc.constantFrom('2026-09-30', '2026-10-31', '2026-11-01', '2026-12-31', '2027-01-31', '2027-02-01'),
  {
    nil: null,
  },
)
const stage = fc.constantFrom<Stage>('signed', 'preliminary', 'newlyStarted', 'building', 'finishing', 'completed')
const tiers = fc.subarray<Tier>(['province', 'city', 'county'])

const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(project, period, yuan).map(([p, m, y]) => command(`file ${p} ${m} ${y}`, (city) => city.file(p, m, y))),
  fc.tuple(project, period, yuan).map(([p, m, y]) => command(`file ${p} ${m} ${y}`, (city) => city.file(p, m, y))),
  fc.tuple(project, period).map(([p, m]) => command(`return ${p} ${m}`, (city) => city.giveBack(p, m))),
  fc.tuple(project, period).map(([p, m]) => command(`approve ${p} ${m}`, (city) => city.approve(p, m))),
  fc.tuple(project, period).map(([p, m]) => command(`approve ${p} ${m}`, (city) => city.approve(p, m))),
  fc
    .tuple(project, period, fc.integer({ min: -20_000_000, max: 100_000_000 }))
    .map(([p, m, y]) => command(`correct ${p} ${m} ${y}`, (city) => city.correct(p, m, y))),
  fc
    .tuple(project, period, fc.integer({ min: 0, max: 12 }))
    .map(([p, m, days]) => command(`extend ${p} ${m} ${days}`, (city) => city.extend(p, m, days))),
  fc
    .tuple(project, period, fc.integer({ min: 0, max: 16 }))
    .map(([p, m, days]) => command(`reopen ${p} ${m} ${days}`, (city) => city.reopen(p, m, days))),
  fc.tuple(project, period).map(([p, m]) => command(`excuse ${p} ${m}`, (city) => city.excuse(p, m))),
  fc
    .tuple(project, fc.constantFrom(2026, 2027), yuan, fc.boolean())
    .map(([p, y, amount, isCurved]) =>
      command(`plan ${p} ${y} ${amount} ${isCurved}`, (city) => city.plan(p, y, amount, isCurved)),
    ),
  fc
    .tuple(
      project,
      fc.nat({ max: 1 }),
      fc.nat({ max: 1 }),
      tiers,
      fc.boolean(),
      fc.constantFrom('交通', '水利'),
      fc.nat({ max: 7 }),
    )
    .map(([p, region, unit, held, isAssessed, category, chance]) =>
      command(`move ${p} ${region} ${unit} ${held} ${isAssessed} ${category} ${chance === 0}`, (city) =>
        city.move(p, { region, unit, tiers: held, isAssessed, category, isWithdrawn: chance === 0 }),
      ),
    ),
  fc
    .tuple(project, stage, fc.nat({ max: 9 }), day, day, day, day)
    .map(([p, at, extraYuan, plannedStartOn, actualStartOn, completionOn, statisticalEntryOn]) =>
      command(`learn ${p} ${at} ${extraYuan} ${plannedStartOn} ${actualStartOn} ${completionOn}`, (city) =>
        city.learn(p, { stage: at, extraYuan, plannedStartOn, actualStartOn, completionOn, statisticalEntryOn }),
      ),
    ),
  fc
    .tuple(project, fc.nat({ max: 1 }), fc.integer({ min: 1, max: 120 }))
    .map(([p, step, days]) => command(`slip ${p} ${step} ${days}`, (city) => city.slip(p, step, days))),
  fc
    .tuple(project, fc.nat({ max: 1 }))
    .map(([p, step]) => command(`settle ${p} ${step}`, (city) => city.settle(p, step))),
  fc
    .tuple(project, period, fc.constantFrom<Light>('green', 'yellow', 'red'))
    .map(([p, m, light]) => command(`declare ${p} ${m} ${light}`, (city) => city.declare(p, m, light))),
  fc
    .tuple(project, period, period)
    .map(([p, from, until]) => command(`exempt ${p} ${from} ${until}`, (city) => city.exempt(p, from, until))),
  fc
    .tuple(project, fc.option(period))
    .map(([p, until]) => command(`unexempt ${p} ${until}`, (city) => city.unexempt(p, until))),
  fc.integer({ min: 1, max: 24 * 20 }).map((hours) => command(`pass ${hours} h`, (city) => city.pass(hours))),
  fc.integer({ min: 1, max: 24 * 12 }).map((hours) => command(`pass ${hours} h`, (city) => city.pass(hours))),
  fc.constant(command('fold', (city) => city.fold())),
]

// Which figure of a cell is told by which name.
const TRACED = [
  ['project_count', 'projectCount'],
  ['planned_yuan', 'plannedYuan'],
  ['scheduled_twelfths', 'scheduledTwelfths'],
  ['month_yuan', 'monthCompletedYuan'],
  ['year_yuan', 'completedYuan'],
  ['expected', 'expected'],
  ['filed', 'filed'],
  ['on_time', 'onTime'],
  ['green', 'green'],
  ['yellow', 'yellow'],
  ['red', 'red'],
  ['exempt', 'exempt'],
  ['mismatched', 'mismatched'],
  ['total_investment_yuan', 'totalInvestmentYuan'],
  ['assessed_year_yuan', 'completedYuan'],
  ['assessed_started', 'started'],
  ['assessed_in_statistics', 'inStatistics'],
] as const satisfies [string, PortfolioFigure][]
const TRACES = 3

/** Some figures of some cells, others in each run, are the sum of what is told to make them. */
async function assertTraced(city: City, naive: Record<string, Record<string, number>>, run: number): Promise<void> {
  const cells = Object.entries(naive)
  for (let trace = 0; trace < Math.min(TRACES, cells.length); trace++) {
    const [name = '', cell = {}] = cells[(run * TRACES + trace * 7) % cells.length] ?? []
    const [period = '', regionCode = '', groupBy = '', key = ''] = name.split(' ')
    const [column, figure] = TRACED[(run * TRACES + trace) % TRACED.length] ?? TRACED[0]
    const assessedOnly = column.startsWith('assessed')
    const of = { period, groupBy: groupBy as 'region', key, figure, assessedOnly }
    assert.deepEqual(await city.trace(of, regionCode), { sum: cell[column], total: cell[column] }, `${name} ${column}`)
  }
}

t.setTimeout(MINUTES * 60_000)

t.test(
  `after ${COMMANDS} random commands every roll-up, ledger count and light equals adding up, ${RUNS} times`,
  async (t) => {
    let run = 0
    let compared = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...commands), EXACTLY), async (plan) => {
        const city = await createCity(database, run++)
        await fc.asyncModelRun(() => ({ model: {}, real: city }), plan)
        const { rolledUp, naive } = await city.compare()
        compared += Object.keys(naive).length
        assert.deepEqual(rolledUp, naive)
        await assertTraced(city, naive, run)
      }),
      { numRuns: RUNS },
    )
    t.ok(compared > RUNS, `${compared} cells were compared`)
    t.same(await (await createCity(database, run)).reconcile(), [], 'and reconcile finds nothing')
  },
)
