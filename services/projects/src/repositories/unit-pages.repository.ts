import type { QueryOf, routes, Unit } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { NOTHING_KNOWN } from '../domain/unit-change.ts'
import type { DB } from '../generated/tables.ts'
import { holding } from './like.ts'
import { effectiveOn } from './unit-history.repository.ts'

const today = sql`
  select id, name, kind, region_code as "regionCode", parent_id as "parentId", parent_since as "parentSince",
    credit_code as "creditCode", peer_group as "peerGroup", address, telephone, is_simulated as "isSimulated", version
  from units`

/** Every unit as its versions had left it by the end of a day. */
const asOf = (day: string) => sql`
  select id, fields ->> 'name' as name, fields ->> 'kind' as kind, fields ->> 'regionCode' as "regionCode",
    (fields ->> 'parentId')::uuid as "parentId", (fields ->> 'parentSince')::date as "parentSince",
    fields ->> 'creditCode' as "creditCode", fields ->> 'peerGroup' as "peerGroup", fields ->> 'address' as address,
    fields ->> 'telephone' as telephone, (fields ->> 'isSimulated')::boolean as "isSimulated", version
  from (
    select v.unit_id as id, max(v.version) as version,
      ${JSON.stringify(NOTHING_KNOWN)}::jsonb || jsonb_object_agg(c.field, c."to" order by v.version) as fields
    from unit_versions v cross join jsonb_to_recordset(v.changes) as c (field text, "to" jsonb)
    where ${effectiveOn('v')} <= ${day} group by v.unit_id
  ) as replayed`

type Filter = Omit<QueryOf<typeof routes.listUnits>, 'cursor'> & {
  readonly after: readonly [name: string, id: string] | undefined
  readonly limit: number
}

/** Pages by pinyin; the name's collation is the database's. */
export async function listUnits(db: Kysely<DB>, filter: Filter): Promise<Unit[]> {
  const { q, regionCode, kind, peerGroup, parentId, after, limit } = filter
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (q !== undefined) conditions.push(holding('u.name', q))
  if (regionCode !== undefined) conditions.push(sql`u."regionCode" = ${regionCode}`)
  if (kind !== undefined) conditions.push(sql`u.kind = ${kind}`)
  if (peerGroup !== undefined) conditions.push(sql`u."peerGroup" = ${peerGroup}`)
  if (parentId !== undefined) conditions.push(sql`u."parentId" = ${parentId}`)
  if (after !== undefined) conditions.push(sql`(u.name, u.id) > (${after[0]}, ${after[1]}::uuid)`)
  const { rows } = await sql<Unit>`
    select u.*, r.name as "regionName"
    from (${filter.asOf === undefined ? today : asOf(filter.asOf)}) u join regions r on r.code = u."regionCode"
    where ${sql.join(conditions, sql` and `)} order by u.name, u.id limit ${limit}`.execute(db)
  return rows
}
