import type { Database } from '@tiaodu/database'
import {
  addDays,
  addMonths,
  CHECK_CODES,
  type FigureSources,
  type Light,
  type ReportEntry,
  type Stage,
  type Tier,
  toDateOn,
  toPeriod,
} from '@tiaodu/types'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../../src/generated/tables.ts'
import { approveReport } from '../../src/operations/approve-report.ts'
import { approveCorrection, askCorrection } from '../../src/operations/correct-report.ts'
import { declareLight } from '../../src/operations/declare-light.ts'
import { foldRollups } from '../../src/operations/fold-rollups.ts'
import {
  endExemption,
  listExemptions,
  recordExemption,
  withdrawExemption,
} from '../../src/operations/keep-exemptions.ts'
import { listPortfolioSources } from '../../src/operations/list-figure-sources.ts'
import { noteProject } from '../../src/operations/note-project.ts'
import { noteSettled, noteSlips } from '../../src/operations/note-slips.ts'
import { openCycle } from '../../src/operations/open-cycle.ts'
import { reconcile } from '../../src/operations/reconcile.ts'
import { returnReport } from '../../src/operations/return-report.ts'
import { saveReport } from '../../src/operations/save-report.ts'
import { setAnnualPlan } from '../../src/operations/set-annual-plan.ts'
import { submitReport } from '../../src/operations/submit-report.ts'
import { listMonths } from './list-months.ts'
import { naiveCells } from './naive-cells.ts'
import {
  assertOpen,
  type Cycle,
  createPlayer,
  FILER,
  type Player,
  REVIEWER,
  refused,
  TOTAL_YUAN,
  toEvent,
} from './players.ts'
import { createReliefCommands } from './relief-commands.ts'

/** The months that are played: over the end of a year. */
export const PERIODS = ['2026-10', '2026-11', '2026-12', '2027-01'] as const
const EVERYWHERE = { unitId: null, regionPrefix: '' }
const HOUR_MS = 3_600_000

// Now and then nothing, or the same source twice.
const fundsOf = (yuan: number): ReportEntry['fundsReceived'] => [
  ...(yuan % 3 === 0 ? [] : [{ source: 'ownFunds' as const, yuan: Math.abs(yuan) }]),
  ...(yuan % 2 === 0 ? [] : [{ source: 'bankLoan' as const, yuan: 7 }]),
  ...(yuan % 5 === 0 ? [{ source: 'ownFunds' as const, yuan: 11 }] : []),
]

/** Opens the months once for all runs; nobody has to report yet. */
export async function openMonths(database: Database<DB>): Promise<void> {
  for (const period of PERIODS) await openCycle(database.kysely, period, new Date(`${period}-02T00:00:00Z`), false)
}

/** A district of its own with two projects, its own clock, and what it remembers of places and plans month by month. */
export async function createCity(database: Database<DB>, run: number) {
  const { kysely: db } = database
  const regions = [`1${String(run * 2).padStart(5, '0')}`, `1${String(run * 2 + 1).padStart(5, '0')}`] as const
  const units = [uuidv7(), uuidv7()] as const
  let now = new Date('2026-10-10T00:00:00Z')
  const { rows: cycles } = await sql<Cycle>`
    select period, due_at as "dueAt", lock_at as "lockAt" from cycles`.execute(db)
  const cycleOf = (period: string) => cycles.find((cycle) => cycle.period === period) as Cycle
  const players: Player[] = []

  const act = (actorId: string) => ({
    ...{ now, actorId, regionCode: '410800', unitId: null },
    ...{ isSimulated: false, expectedVersion: undefined },
  })
  const named = () => ({ now, actorId: REVIEWER, actorName: '审核人', expectedVersion: undefined })
  const unlocked = () => PERIODS.filter((period) => cycleOf(period).lockAt > now)

  const tell = async (player: Player) => {
    await db.transaction().execute((trx) => noteProject(trx, toEvent(player), now))
    for (const period of unlocked()) player.places.set(period, player.place)
  }

  for (const index of [0, 1] as const) {
    const player = createPlayer(regions[0], units[index])
    players.push(player)
    await tell(player)
  }
  const playerAt = (index: number) => players[index % players.length] as Player

  return {
    async pass(hours: number) {
      now = new Date(now.getTime() + hours * HOUR_MS)
    },
    file: (index: number, period: string, completedYuan: number) =>
      refused(async () => {
        const params = { id: playerAt(index).id, period, reach: EVERYWHERE }
        const explanations = CHECK_CODES.map((code) => ({ code, text: '情况属实' }))
        const entry = { completedYuan, fundsReceived: fundsOf(completedYuan), visualProgress: '主体施工', explanations }
        await saveReport(database, params, entry, act(FILER))
        await submitReport(database, params, act(FILER))
        assertOpen(playerAt(index), period, cycleOf(period), now)
      }),
    giveBack: (index: number, period: string) =>
      refused(() =>
        returnReport(
          database,
          { id: playerAt(index).id, period, reach: EVERYWHERE },
          [{ field: 'report', reason: '重填' }],
          act(REVIEWER),
        ),
      ),
    approve: (index: number, period: string) =>
      refused(() => approveReport(database, { id: playerAt(index).id, period, reach: EVERYWHERE }, act(REVIEWER))),
    correct: (index: number, period: string, completedYuan: number) =>
      refused(async () => {
        const of = { id: playerAt(index).id, period }
        const { number } = await askCorrection(
          db,
          of,
          { entry: { completedYuan, fundsReceived: fundsOf(completedYuan) }, reason: '更正' },
          act(FILER),
        )
        await approveCorrection(db, { ...of, number }, act(REVIEWER))
      }),
    ...createReliefCommands(db, { playerAt, cycleOf, now: () => now }),
    async plan(index: number, year: number, plannedYuan: number, isCurved: boolean) {
      const player = playerAt(index)
      const monthlyTargetsYuan = isCurved
        ? Array.from({ length: 12 }, (_, month) => (month === 11 ? plannedYuan : Math.floor(plannedYuan / 12) * month))
        : null
      const plan = { plannedYuan, monthlyTargetsYuan, reason: '调整' }
      const act = { ...named(), isSimulated: false }
      const { version } = await setAnnualPlan(db, { projectId: player.id, year }, plan, act)
      const ofYear = PERIODS.filter((period) => period.startsWith(String(year)))
      for (const period of version === 1 ? ofYear : ofYear.filter((one) => unlocked().includes(one)))
        player.plans.set(period, { plannedYuan, monthlyTargetsYuan })
    },
    async move(
      index: number,
      to: {
        region: number
        unit: number
        tiers: readonly Tier[]
        isAssessed: boolean
        category: string
        isWithdrawn: boolean
      },
    ) {
      const player = playerAt(index)
      player.place = {
        ...player.place,
        regionCode: regions[to.region] as string,
        unitId: units[to.unit] as string,
        tiers: to.tiers,
        isAssessed: to.isAssessed,
        category: to.category,
        isWithdrawn: to.isWithdrawn,
      }
      await tell(player)
    },
    /** What is known of a project changes: its stage, its dates, its total. */
    async learn(
      index: number,
      known: {
        stage: Stage
        extraYuan: number
        plannedStartOn: string | null
        actualStartOn: string | null
        completionOn: string | null
        statisticalEntryOn: string | null
      },
    ) {
      const player = playerAt(index)
      const { extraYuan, ...dates } = known
      player.place = { ...player.place, ...dates, totalInvestmentYuan: TOTAL_YUAN + extraYuan }
      await tell(player)
    },
    /** A step is past its due day. */
    async slip(index: number, step: number, daysAgo: number) {
      const player = playerAt(index)
      const stepId = player.steps[step] as string
      const dueOn = addDays(toDateOn(now), -daysAgo)
      if (player.slips.some((slip) => slip.stepId === stepId && slip.at.getTime() === now.getTime())) return
      player.slips.push({ stepId, dueOn, at: now })
      const told = { stepId, kind: 'procedure', name: '环评', dueOn, unitId: null, personId: null } as const
      await db
        .transaction()
        .execute((trx) => noteSlips(trx, { projectId: player.id, steps: [told] }, { toldAt: now.toISOString(), now }))
    },
    async settle(index: number, step: number) {
      const player = playerAt(index)
      const settled = { projectId: player.id, stepId: player.steps[step] as string, settledAt: now.toISOString() }
      player.settlements.push({ stepId: settled.stepId, at: now })
      await db.transaction().execute((trx) => noteSettled(trx, settled, now))
    },
    declare: (index: number, period: string, light: Light) =>
      refused(() => declareLight(db, { projectId: playerAt(index).id, period }, { light, statement: '自评' }, named())),
    exempt: (index: number, fromPeriod: string, untilPeriod: string) =>
      refused(() => {
        const entered = {
          ground: 'forceMajeure',
          reason: '汛情',
          evidence: '会议纪要',
          fromPeriod,
          untilPeriod,
        } as const
        return recordExemption(db, playerAt(index).id, entered, named())
      }),
    /** Ends the last exemption earlier, or takes it back. */
    unexempt: (index: number, untilPeriod: string | null) =>
      refused(async () => {
        const id = playerAt(index).id
        const [last] = (await listExemptions(db, id)).items
        if (last === undefined) return
        const of = { id, exemptionId: last.id }
        if (untilPeriod === null) await withdrawExemption(db, of, '撤销', named())
        else await endExemption(db, of, { untilPeriod, reason: '已复工' }, named())
      }),
    fold: () => foldRollups(db, now),
    reconcile: () => reconcile(db),
    /** What the roll-ups say and what adding up says. */
    async compare() {
      await foldRollups(db, now)
      const { rows } = await sql<{ name: string; cell: Record<string, number> }>`
        select concat_ws(' ', period, region_code, dimension, key) as name,
          to_jsonb(c) - '{period,region_code,dimension,key,name}'::text[] as cell
        from cells c where region_code = any(${[...regions]})`.execute(db)
      const rolledUp = Object.fromEntries(rows.map(({ name, cell }) => [name, cell]))
      return { rolledUp, naive: naiveCells(await listMonths(db, players, cycleOf, now)) }
    },
    /** What makes a figure of a region's cell, added up page by page, and what is said to be the whole. */
    async trace(of: Omit<Parameters<typeof listPortfolioSources>[1], 'cursor' | 'limit'>, regionCode: string) {
      let [sum, total, cursor]: [number, number, string | null] = [0, 0, null]
      do {
        const page: FigureSources = await listPortfolioSources(
          db,
          { ...of, limit: 2, ...(cursor === null ? {} : { cursor }) },
          { unitId: null, regionPrefix: regionCode },
          now,
        )
        sum += page.items.reduce((all, { value }) => all + value, 0)
        total = page.total
        cursor = page.nextCursor
      } while (cursor !== null)
      return { sum, total }
    },
    lastMonth: () => addMonths(toPeriod(now), -1),
  }
}
export type City = Awaited<ReturnType<typeof createCity>>
