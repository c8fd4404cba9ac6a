import type { RankedKind } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Group } from '../domain/summary.ts'
import type { DB } from '../generated/tables.ts'
import { figuresOf } from './cells.repository.ts'

/** A region or unit with what its projects add up to, and whom it is ranked among. */
export interface Peer extends Group {
  readonly peerGroup: string | null
}

/** The peer group of a region: that of the unit that governs it. */
export const peerGroupOf = (regionCode: RawBuilder<unknown>) => sql`
  select null::text as name, u.peer_group from units u
  where u.region_code = ${regionCode} and u.kind in ('city', 'district')
  order by u.peer_group is null, u.kind, u.id limit 1`

const WHO = {
  unit: sql`select u.name, u.peer_group from units u where u.id::text = cell.key`,
  region: peerGroupOf(sql`cell.key`),
}

/** Everybody who has 考核类 projects in a period, added up from the cells. */
export async function listPeers(db: Kysely<DB>, period: string, of: RankedKind): Promise<Peer[]> {
  const { rows } = await sql<Peer>`
    select cell.*, coalesce(who.name, cell.label) as name, who.peer_group as "peerGroup"
    from (
      select c.key, max(c.name) as label, ${figuresOf('read')} from cells c
      where c.period = ${period} and c.dimension = ${of} and c.key <> '' group by c.key
      having sum(c.assessed_count) > 0
    ) cell
    left join lateral (${WHO[of]}) who on true
    order by who.peer_group nulls last, cell.key`.execute(db)
  return rows
}
