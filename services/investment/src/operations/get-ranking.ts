import {
  addMonths,
  type QueryOf,
  type RankedKind,
  type Ranking,
  type RankingAnswer,
  type RankingRow,
  type routes,
  yearOf,
} from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { type Placed, rankPeers, withMovement } from '../domain/ranking.ts'
import { toSourcesTemplate } from '../domain/sources-template.ts'
import type { DB } from '../generated/tables.ts'
import { listPeers, type Peer } from '../repositories/peers.repository.ts'
import { getRankingFormula } from './keep-ranking-formula.ts'
import { requireFolded } from './require-folded.ts'

function groupPeers(peers: readonly Peer[]): Map<string | null, Peer[]> {
  const groups = new Map<string | null, Peer[]>()
  for (const peer of peers) groups.set(peer.peerGroup, [...(groups.get(peer.peerGroup) ?? []), peer])
  return groups
}

/** Everybody's place in a month by the formula of that month, with the figures behind it. */
export async function rankMonth(db: Kysely<DB>, period: string, of: RankedKind) {
  const formula = await getRankingFormula(db, of, period)
  const groups = [...groupPeers(await listPeers(db, period, of))].map(([peerGroup, peers]) => ({
    peerGroup,
    peers,
    rows: rankPeers(formula, peers),
  }))
  return { formula, groups }
}

const toRankMap = (groups: readonly { rows: readonly Placed[] }[]): Map<string, RankingRow['rank']> =>
  new Map(groups.flatMap(({ rows }) => rows.map(({ key, rank }) => [key, rank] as const)))

/** The ranking of a month as the cells have it. */
export async function readRanking(
  db: Kysely<DB>,
  { period, of }: { readonly period: string; readonly of: RankedKind },
): Promise<Ranking> {
  const { formula, groups } = await rankMonth(db, period, of)
  const lastPeriod = addMonths(period, -1)
  // The year's figures begin anew in January: there is nothing to compare with.
  const last = yearOf(lastPeriod) === yearOf(period) ? await rankMonth(db, lastPeriod, of) : { groups: [] }
  const lastRanks = toRankMap(last.groups)
  return {
    period,
    of,
    formula,
    groups: groups.map(({ peerGroup, rows }) => ({ peerGroup, rows: withMovement(rows, lastRanks) })),
  }
}

/** The ranking of a month within each peer group, from the cells; everybody sees all of a group. @throws not-found */
export async function getRanking(
  db: Kysely<DB>,
  { peerGroup, ...query }: QueryOf<typeof routes.getRanking>,
  now: Date,
): Promise<RankingAnswer> {
  await requireFolded(db, query.period, now)
  const ranking = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => readRanking(trx, query))
  const { period, of } = query
  return {
    ...ranking,
    groups: ranking.groups.filter((group) => peerGroup === undefined || group.peerGroup === peerGroup),
    sources: toSourcesTemplate('/api/v1/portfolio/sources', { period, groupBy: of, assessedOnly: 'true' }),
  }
}
