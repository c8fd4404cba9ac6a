import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Standing } from '../domain/unit-tree.ts'
import type { DB } from '../generated/tables.ts'
import { ledgerOf } from './version-ledger.ts'

export const { insertVersions: insertUnitVersions, listVersions: listUnitVersions } = ledgerOf('unit')

const changedTo = (version: string, field: string) =>
  sql`jsonb_path_query_first(${sql.ref(`${version}.changes`)}, '$[*] ? (@.field == $field).to',
    jsonb_build_object('field', ${field}::text)) #>> '{}'`

/** The day since which a version holds: that of a move, or else the day on which it was recorded. */
export const effectiveOn = (version: string): RawBuilder<string> => sql<string>`
  coalesce(${changedTo(version, 'parentSince')},
    to_char(${sql.ref(`${version}.at`)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))`

/** Where every unit has ever stood: registrations and moves, those of a unit in their order. */
export async function listStandings(db: Kysely<DB>): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select unit_id as "unitId", version, parent_id as "parentId", since from (
      select v.unit_id, v.version, ${changedTo('v', 'parentId')} as parent_id, ${changedTo('v', 'parentSince')} as since
      from unit_versions v
    ) as stood where since is not null order by unit_id, version`.execute(db)
  return rows
}
