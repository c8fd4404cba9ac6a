import type { Database } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type FundGrouping, type FundsAnswer, type FundsSummary, type ProjectFunds, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toFundsGap, toFundsRow, toProjectFunds } from '../domain/funds.ts'
import { toSourcesTemplate } from '../domain/sources-template.ts'
import type { DB } from '../generated/tables.ts'
import { findFunds, sumFunds } from '../repositories/funds.repository.ts'
import { getFundsRule } from '../repositories/funds-rules.repository.ts'
import { findSummary } from '../repositories/summaries.repository.ts'
import { foldRollups } from './fold-rollups.ts'

interface Query {
  readonly period: string
  readonly groupBy: FundGrouping
}

/** Funds as they stand, by the rule in force. */
export async function readFunds(db: Kysely<DB>, query: Query, reach: Reach): Promise<FundsSummary> {
  const rule = await getFundsRule(db)
  const { total, groups, gaps, isSimulated } = await sumFunds(db, query, reach, rule)
  return {
    ...query,
    total: toFundsRow(total, false),
    groups: groups.map((group) => toFundsRow(group, query.groupBy === 'source')),
    rule,
    gaps: gaps.map(toFundsGap),
    isSimulated,
  }
}

/** Funds of the projects within reach up to a month. @throws not-found when the cycle was never opened */
export async function getFunds(database: Database<DB>, query: Query, reach: Reach, now: Date): Promise<FundsAnswer> {
  const key = { period: query.period, groupBy: 'region', regionPrefix: reach.regionPrefix } as const
  const { hasCycle, isStale } = await findSummary(database, key, now)
  if (!hasCycle)
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  // Where a project counts, and what it has completed there, is told by its standing.
  if (isStale) await foldRollups(database.kysely, now)
  const { period, groupBy } = query
  return {
    ...(await readFunds(database.kysely, query, reach)),
    sources: toSourcesTemplate('/api/v1/funds/sources', { period, groupBy }),
  }
}

/** The funds of one project. @throws not-found */
export async function getProjectFunds(db: Kysely<DB>, projectId: string): Promise<ProjectFunds> {
  const facts = await findFunds(db, projectId)
  if (facts === undefined) throw refuse('not-found', 'id', { zh: '没有这个项目', en: 'There is no such project' })
  return toProjectFunds(facts, await getFundsRule(db))
}
