import type { Region } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type CountedRegion, prefixOf } from '../domain/region.ts'
import type { DB } from '../generated/tables.ts'

type Who = { readonly now: Date; readonly actorId: string | null; readonly actorName: string }

const columns = sql`code, name, parent_code as "parentCode", origin, version`
const prefix = (code: string) => sql`regexp_replace(${sql.ref(code)}, '(00){1,2}$', '')`

export async function findRegion(db: Kysely<DB>, code: string): Promise<Region | undefined> {
  const { rows } = await sql<Region>`select ${columns} from regions where code = ${code}`.execute(db)
  return rows[0]
}

/** All regions by code, each with the number of its units. */
export async function listRegions(db: Kysely<DB>): Promise<CountedRegion[]> {
  const { rows } = await sql<CountedRegion>`
    select ${columns}, (select count(*)::int from units u where u.region_code = code) as "unitCount"
    from regions order by code`.execute(db)
  return rows
}

/** The nearest region above a code that is known. */
async function findAbove(db: Kysely<DB>, code: string): Promise<string | null> {
  const { rows } = await sql<{ code: string }>`
    select code from regions where code <> ${code} and ${code} like ${prefix('code')} || '%'
    order by length(${prefix('code')}) desc limit 1`.execute(db)
  return rows[0]?.code ?? null
}

/** Regions that only a list has named move below a new one that lies nearer to them. */
async function adopt(trx: Transaction<DB>, code: string): Promise<void> {
  await sql`
    update regions set parent_code = ${code}, version = version + 1
    where origin = 'loaded' and code <> ${code} and code like ${prefixOf(code)}::text || '%'
      and (parent_code is null or length(${prefix('parent_code')}) < ${prefixOf(code).length})`.execute(trx)
}

/** Writes a region that is not there yet, or that a list alone has named. @returns undefined when it is there already */
export async function saveRegion(
  trx: Transaction<DB>,
  { code, name, parentCode, origin }: Omit<Region, 'version'>,
  { now, actorId, actorName }: Who,
): Promise<Region | undefined> {
  const { rows } = await sql<Region>`
    insert into regions (code, name, parent_code, origin, version, at, actor_id, actor_name)
    values (${code}, ${name}, ${parentCode}, ${origin}, 1, ${now}, ${actorId}, ${actorName})
    on conflict (code) do update set name = excluded.name, parent_code = excluded.parent_code, origin = excluded.origin,
      version = regions.version + 1, at = excluded.at, actor_id = excluded.actor_id, actor_name = excluded.actor_name
      where regions.origin = 'loaded' and excluded.origin <> 'loaded'
    returning ${columns}`.execute(trx)
  if (rows[0] !== undefined) await adopt(trx, code)
  return rows[0]
}

/** Keeps the regions that a list names and the registry lacks, below the nearest one that it has. */
export async function noteRegions(trx: Transaction<DB>, named: ReadonlyMap<string, string>, who: Who): Promise<void> {
  const { rows } = await sql<{ code: string }>`
    select code from unnest(${[...named.keys()]}::text[]) as code except select code from regions order by code`.execute(
    trx,
  )
  for (const { code } of rows) {
    const region = { code, name: named.get(code) ?? code, parentCode: await findAbove(trx, code) }
    await saveRegion(trx, { ...region, origin: 'loaded' }, who)
  }
}
