import type { Database } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type Grouping, refuse, type Summary } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toSourcesTemplate } from '../domain/sources-template.ts'
import { summarize } from '../domain/summary.ts'
import type { DB } from '../generated/tables.ts'
import { lockFolding } from '../repositories/marks.repository.ts'
import {
  findSummary,
  findTotal,
  findTotalOfUnit,
  keepSummary,
  listAttention,
  listGroups,
  listGroupsOfUnit,
} from '../repositories/summaries.repository.ts'
import { foldRollups } from './fold-rollups.ts'

interface Query {
  readonly period: string
  readonly groupBy: Grouping
}

// More are told by the list of lights.
const ATTENTION = 50

/** The figures within reach, all together and by group, as the roll-ups have them. */
export async function readFigures(db: Kysely<DB>, query: Query, reach: Reach) {
  const { period, groupBy } = query
  const key = { ...query, regionPrefix: reach.regionPrefix }
  return reach.unitId === null
    ? { total: await findTotal(db, key), groups: await listGroups(db, key) }
    : {
        total: await findTotalOfUnit(db, period, reach.unitId),
        groups: await listGroupsOfUnit(db, period, reach.unitId, groupBy),
      }
}

/** The month's totals as the cells have them, naming at most `most` projects that need attention. */
export async function readSummary(db: Kysely<DB>, query: Query, reach: Reach, most = ATTENTION): Promise<Summary> {
  const { total, groups } = await readFigures(db, query, reach)
  return summarize(query, total, groups, await listAttention(db, query, reach, most))
}

/** The month's totals within reach as JSON text. @throws not-found when the cycle was never opened */
export async function getSummary(
  database: Database<DB>,
  query: Query,
  reach: Reach,
  now: Date,
): Promise<{ json: string }> {
  const key = { ...query, regionPrefix: reach.regionPrefix }
  const found = await findSummary(database, key, now)
  if (!found.hasCycle)
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  if (!found.isStale && found.content !== null && reach.unitId === null) return { json: found.content }
  if (found.isStale) await foldRollups(database.kysely, now)
  return database.kysely.transaction().execute(async (trx) => {
    // Nobody may fold between reading and keeping: what is kept would be older than it looks.
    await lockFolding(trx)
    const { period, groupBy } = query
    const sources = toSourcesTemplate('/api/v1/portfolio/sources', { period, groupBy })
    const json = JSON.stringify({ ...(await readSummary(trx, query, reach)), sources })
    if (reach.unitId === null) await keepSummary(trx, key, json)
    return { json }
  })
}
