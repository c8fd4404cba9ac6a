import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import type { QueryOf, ResponseOf, routes, UnitLateness } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { isLikely, type LatenessRecord, recordLateness, testLateness } from '../domain/forecast/lateness.ts'
import type { DB } from '../generated/tables.ts'
import { listUnitCycles, listUnitNames } from '../repositories/lateness.repository.ts'

const toHundredth = (value: number) => Math.round(value * 100) / 100
const toThousandth = (value: number | null) => (value === null ? null : Math.round(value * 1_000) / 1_000)

const toUnitLateness = (record: LatenessRecord, unitName: string | null): UnitLateness => ({
  unitId: record.unitId,
  unitName,
  cycles: record.cycles,
  lateCycles: record.lateCycles,
  expected: record.expected,
  lateReports: record.late,
  chancePercent: record.chance === null ? null : toHundredth(record.chance * 100),
  isLikely: record.chance === null ? null : isLikely(record.chance),
})

// The likeliest first; those of whom too little is known come last.
const chanceOf = ({ chance }: LatenessRecord) => chance ?? -1
const inOrder = (a: LatenessRecord, b: LatenessRecord) => chanceOf(b) - chanceOf(a) || (a.unitId < b.unitId ? -1 : 1)

/** Units within reach by their chance to be late in a month, and how well such chances have told the months before. */
export async function listLateness(
  db: Kysely<DB>,
  { period, cursor, limit = 20 }: QueryOf<typeof routes.listLatenessForecasts>,
  reach: Reach,
  now: Date,
): Promise<ResponseOf<typeof routes.listLatenessForecasts>> {
  const [after] = cursor === undefined ? [undefined] : fromCursor(cursor, ['id'])
  const history = await listUnitCycles(db, period, reach, now)
  const records = recordLateness(history, period).records.sort(inOrder)
  const rest = after === undefined ? records : records.slice(records.findIndex(({ unitId }) => unitId === after) + 1)
  const page = toPage(rest, limit, ({ unitId }) => [unitId])
  const names = await listUnitNames(
    db,
    page.items.map(({ unitId }) => unitId),
  )
  const error = testLateness(history, period)
  return {
    items: page.items.map((record) => toUnitLateness(record, names.get(record.unitId) ?? null)),
    nextCursor: page.nextCursor,
    period,
    error: {
      ...error,
      brierScore: toThousandth(error.brierScore),
      brierOfEverybody: toThousandth(error.brierOfEverybody),
    },
  }
}
