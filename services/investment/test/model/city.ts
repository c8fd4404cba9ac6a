import type { Database } from '@tiaodu/database'
import {
  addMonths,
  CHECK_CODES,
  type EventPayload,
  ProblemError,
  type ReportEntry,
  type Stage,
  type Tier,
  toPeriod,
} from '@tiaodu/types'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../../src/generated/tables.ts'
import { approveReport } from '../../src/operations/approve-report.ts'
import { approveCorrection, askCorrection } from '../../src/operations/correct-report.ts'
import { foldRollups } from '../../src/operations/fold-rollups.ts'
import { noteProject } from '../../src/operations/note-project.ts'
import { openCycle } from '../../src/operations/open-cycle.ts'
import { reconcile } from '../../src/operations/reconcile.ts'
import { returnReport } from '../../src/operations/return-report.ts'
import { saveReport } from '../../src/operations/save-report.ts'
import { setAnnualPlan } from '../../src/operations/set-annual-plan.ts'
import { submitReport } from '../../src/operations/submit-report.ts'
import { type Month, naiveCells, type Place } from './naive-cells.ts'

/** The months that are played: over the end of a year. */
export const PERIODS = ['2026-10', '2026-11', '2026-12', '2027-01'] as const
const FILER = uuidv7()
const REVIEWER = uuidv7()
/** More than all months together can complete. */
const TOTAL_YUAN = 10_000_000_000
const FIRST_KNOWN = {
  stage: 'building',
  totalInvestmentYuan: TOTAL_YUAN,
  plannedStartOn: null,
  actualStartOn: null,
  completionOn: null,
  statisticalEntryOn: null,
} as const
const EVERYWHERE = { unitId: null, regionPrefix: '' }
const HOUR_MS = 3_600_000

// Now and then nothing, or the same source twice.
const fundsOf = (yuan: number): ReportEntry['fundsReceived'] => [
  ...(yuan % 3 === 0 ? [] : [{ source: 'ownFunds' as const, yuan: Math.abs(yuan) }]),
  ...(yuan % 2 === 0 ? [] : [{ source: 'bankLoan' as const, yuan: 7 }]),
  ...(yuan % 5 === 0 ? [{ source: 'ownFunds' as const, yuan: 11 }] : []),
]

type Plan = { plannedYuan: number; monthlyTargetsYuan: number[] | null }

interface Player {
  readonly id: string
  version: number
  place: Place
  readonly places: Map<string, Place>
  readonly plans: Map<string, Plan>
}

/** Opens the months once for all runs; nobody has to report yet. */
export async function openMonths(database: Database<DB>): Promise<void> {
  for (const period of PERIODS) await openCycle(database.kysely, period, new Date(`${period}-02T00:00:00Z`), false)
}

const refused = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return false
  } catch (error) {
    if (error instanceof ProblemError) return true
    throw error
  }
}

/** A district of its own with two projects, its own clock, and what it remembers of places and plans month by month. */
export async function createCity(database: Database<DB>, run: number) {
  const { kysely: db } = database
  const regions = [`1${String(run * 2).padStart(5, '0')}`, `1${String(run * 2 + 1).padStart(5, '0')}`] as const
  const units = [uuidv7(), uuidv7()] as const
  let now = new Date('2026-10-10T00:00:00Z')
  const { rows: cycles } = await sql<{ period: string; due_at: Date; lock_at: Date }>`select * from cycles`.execute(db)
  const lockOf = new Map(cycles.map(({ period, lock_at }) => [period, lock_at]))
  const players: Player[] = []

  const act = (actorId: string) => ({
    ...{ now, actorId, regionCode: '410800', unitId: null },
    ...{ isSimulated: false, expectedVersion: undefined },
  })
  const unlocked = () => PERIODS.filter((period) => (lockOf.get(period) ?? now) > now)

  const tell = async (player: Player) => {
    const { regionCode, unitId, category, tiers, isAssessed, isWithdrawn, completionOn, ...known } = player.place
    const event: EventPayload<'project.changed.v1'> = {
      projectId: player.id,
      version: ++player.version,
      name: '项目',
      regionCode,
      regionName: regionCode,
      category,
      tiers: [...tiers],
      ...known,
      stage: isWithdrawn ? 'withdrawn' : known.stage,
      assessmentClass: isAssessed ? 'assessed' : 'followed',
      responsibleUnitId: unitId,
      responsibleUnitName: '局',
      filerId: FILER,
      leaderId: null,
      plannedCompletionOn: completionOn,
      actualCompletionOn: null,
    }
    await db.transaction().execute((trx) => noteProject(trx, event, now))
    for (const period of unlocked()) player.places.set(period, player.place)
  }

  for (const index of [0, 1] as const) {
    const place: Place = {
      isWithdrawn: false,
      regionCode: regions[0],
      unitId: units[index],
      category: '交通',
      tiers: ['city'],
      isAssessed: true,
      ...FIRST_KNOWN,
    }
    const player: Player = { id: uuidv7(), version: 0, place, places: new Map(), plans: new Map() }
    players.push(player)
    await tell(player)
  }
  const ids = players.map(({ id }) => id)
  const playerAt = (index: number) => players[index % players.length] as Player

  const listMonths = async (): Promise<Month[]> => {
    const { rows } = await sql<{
      id: string
      period: string
      state: string | null
      yuan: number
      due_at: Date | null
      first: Date | null
    }>`
      select p.id, c.period, r.state, coalesce(r.completed_yuan, 0) as yuan, o.due_at, o.first_submitted_at as first
      from unnest(${ids}::uuid[]) as p (id) cross join cycles c
      left join monthly_reports r on r.project_id = p.id and r.period = c.period
      left join obligations o on o.project_id = p.id and o.period = c.period order by c.period`.execute(db)
    return rows.map((row) => {
      const player = players.find(({ id }) => id === row.id) as Player
      const before = rows.filter(({ id, period }) => id === row.id && period <= row.period)
      const lastFiled = before.findLastIndex(({ first }) => first !== null)
      const year = row.period.slice(0, 4)
      return {
        period: row.period,
        place: player.places.get(row.period) ?? player.place,
        ...(player.plans.get(row.period) ?? { plannedYuan: 0, monthlyTargetsYuan: null }),
        approvedYuan: before
          .filter(({ period, state }) => state === 'approved' && period.startsWith(year))
          .map(({ period, yuan }) => ({ period, yuan })),
        isExpected: row.due_at !== null,
        isFiled: row.state === 'submitted' || row.state === 'approved',
        isOnTime: row.first !== null && row.due_at !== null && row.first <= row.due_at,
        missedReports: before.slice(lastFiled + 1).filter(({ due_at }) => due_at !== null && due_at <= now).length,
      }
    })
  }

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
    async plan(index: number, year: number, plannedYuan: number, isCurved: boolean) {
      const player = playerAt(index)
      const monthlyTargetsYuan = isCurved
        ? Array.from({ length: 12 }, (_, month) => (month === 11 ? plannedYuan : Math.floor(plannedYuan / 12) * month))
        : null
      const by = { actorId: REVIEWER, now, isSimulated: false }
      const { version } = await setAnnualPlan(db, { projectId: player.id, year, plannedYuan, monthlyTargetsYuan }, by)
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
      return { rolledUp, naive: naiveCells(await listMonths()) }
    },
    lastMonth: () => addMonths(toPeriod(now), -1),
  }
}
export type City = Awaited<ReturnType<typeof createCity>>
