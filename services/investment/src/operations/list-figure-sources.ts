import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import { type FigureSource, type FigureSources, type QueryOf, refuse, type routes, yearOf } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listMadeOf, type MadeOf, type Position, sumOfRow } from '../repositories/figure-sources.repository.ts'
import { sumFunds } from '../repositories/funds.repository.ts'
import { getFundsRule } from '../repositories/funds-rules.repository.ts'
import { listFundsMadeOf } from '../repositories/funds-sources.repository.ts'
import { listPolicyMadeOf } from '../repositories/policy-targets.repository.ts'
import { requireFolded } from './require-folded.ts'
import { type OfTargets, requireRegion } from './set-funds-rules.ts'

type PortfolioQuery = QueryOf<typeof routes.listPortfolioSources>
type FundsQuery = QueryOf<typeof routes.listFundsSources>

const toSpan = ({ cursor, limit = 20 }: { cursor: string | undefined; limit: number | undefined }) => ({
  after: cursor === undefined ? undefined : (fromCursor(cursor, ['id', 'text', 'text']) satisfies Position),
  limit,
})

function hrefOf({ kind, projectId, period }: MadeOf, asOf: string, isFunds: boolean): string {
  const project = `/api/v1/projects/${projectId}`
  if (kind === 'report') return `${project}/reports/${period}`
  if (kind === 'obligation') return `${project}/lights`
  if (kind === 'plan') return `${project}/plans/${yearOf(asOf)}`
  return isFunds ? `${project}/funds` : project
}

function toSources(
  rows: readonly MadeOf[],
  limit: number,
  total: number,
  href: (row: MadeOf) => string,
): FigureSources {
  const { items, nextCursor } = toPage(rows, limit, ({ projectId, period, source }) => [
    projectId,
    period ?? '',
    source ?? '',
  ])
  return { total, items: items.map((row): FigureSource => ({ ...row, href: href(row) })), nextCursor }
}

const asOne = <T>(db: Kysely<DB>, work: (trx: Kysely<DB>) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').execute(work)

/** What a figure of a summary or ranking is made of. @throws not-found when the cycle was never opened */
export async function listPortfolioSources(
  db: Kysely<DB>,
  { cursor, limit, ...of }: PortfolioQuery,
  reach: Reach,
  now: Date,
): Promise<FigureSources> {
  await requireFolded(db, of.period, now)
  const span = toSpan({ cursor, limit })
  return asOne(db, async (trx) =>
    toSources(await listMadeOf(trx, of, reach, span), span.limit, await sumOfRow(trx, of, reach), (row) =>
      hrefOf(row, of.period, false),
    ),
  )
}

/** What a figure of the funds is made of. @throws not-found, validation-failed when the row has no such figure */
export async function listFundsSources(
  db: Kysely<DB>,
  { cursor, limit, ...of }: FundsQuery,
  reach: Reach,
  now: Date,
): Promise<FigureSources> {
  await requireFolded(db, of.period, now)
  const span = toSpan({ cursor, limit })
  return asOne(db, async (trx) => {
    const rule = await getFundsRule(trx)
    const { total, groups } = await sumFunds(trx, of, reach, rule)
    const row = of.key === undefined ? total : groups.find(({ key }) => key === of.key)
    const figure = row === undefined ? 0 : row[of.figure]
    if (figure === null)
      throw refuse('validation-failed', 'figure', {
        zh: '按资金来源没有该指标',
        en: 'There is no such figure by source of funds',
      })
    const rows = await listFundsMadeOf(trx, of, { reach, rule }, span)
    return toSources(rows, span.limit, figure, (one) => hrefOf(one, of.period, true))
  })
}

/** The reports that make the policy funds of a region in a year. @throws outside-scope */
export async function listPolicySources(
  db: Kysely<DB>,
  of: OfTargets,
  { cursor, limit, source }: QueryOf<typeof routes.listPolicySources>,
  reach: Reach,
): Promise<FigureSources> {
  requireRegion(of, reach)
  const span = toSpan({ cursor, limit })
  const { total, rows } = await listPolicyMadeOf(db, { ...of, source }, reach, span)
  return toSources(rows, span.limit, total, (row) => hrefOf(row, `${of.year}-12`, true))
}
