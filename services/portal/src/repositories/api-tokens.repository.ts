import { type Database, instantJson, prepare } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { ApiToken, TokenAccess } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

const tokenJson = (today: string) => sql<ApiToken>`json_build_object('id', id, 'name', name, 'regionCode', region_code,
  'access', access, 'prefix', prefix,
  'state', case when revoked_at is not null then 'revoked' when expires_on < ${today}::date then 'expired' else 'active' end,
  'expiresOn', expires_on, 'lastUsedAt', ${instantJson('last_used_at')}, 'createdAt', ${instantJson('created_at')},
  'createdBy', created_by, 'revokedAt', ${instantJson('revoked_at')}, 'revokedByName', revoked_by_name)`

/** Tokens within reach, newest first, one more than the page holds. */
export async function listTokens(
  db: Kysely<DB>,
  { regionPrefix }: Reach,
  { after, limit, today }: { after: string | undefined; limit: number; today: string },
): Promise<ApiToken[]> {
  const { rows } = await sql<{ item: ApiToken }>`
    select ${tokenJson(today)} as item from api_tokens where region_code like ${`${regionPrefix}%`}
      and (${after ?? null}::uuid is null or id < ${after ?? null}::uuid)
    order by id desc limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}

/** How many tokens work on a day. */
export async function countActive(db: Kysely<DB>, today: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from api_tokens where revoked_at is null and expires_on >= ${today}::date`.execute(db)
  return rows[0]?.count ?? 0
}

export interface NewToken
  extends Pick<ApiToken, 'id' | 'name' | 'regionCode' | 'access' | 'prefix' | 'expiresOn' | 'createdBy'> {
  readonly secretHash: Uint8Array
}

export async function insertToken(db: Kysely<DB>, token: NewToken, now: Date, today: string): Promise<ApiToken> {
  const { id, secretHash, prefix, name, regionCode, access, expiresOn, createdBy } = token
  const { rows } = await sql<{ item: ApiToken }>`
    insert into api_tokens (id, secret_hash, prefix, name, region_code, access, expires_on, created_at, created_by)
    values (${id}, ${secretHash}, ${prefix}, ${name}, ${regionCode}, ${access}, ${expiresOn}, ${now}, ${createdBy})
    returning ${tokenJson(today)} as item`.execute(db)
  return (rows[0] as { item: ApiToken }).item
}

/** Revokes a token within reach; the first time stays. */
export async function revokeToken(
  db: Kysely<DB>,
  id: string,
  { regionPrefix }: Reach,
  act: { by: string; now: Date; today: string },
): Promise<ApiToken | undefined> {
  const { rows } = await sql<{ item: ApiToken }>`
    update api_tokens set revoked_at = coalesce(revoked_at, ${act.now}), revoked_by_name = coalesce(revoked_by_name, ${act.by})
    where id = ${id} and region_code like ${`${regionPrefix}%`} returning ${tokenJson(act.today)} as item`.execute(db)
  return rows[0]?.item
}

/** Whether there is a token within reach. */
export async function isTokenWithin(db: Kysely<DB>, id: string, { regionPrefix }: Reach): Promise<boolean> {
  const { rows } =
    await sql`select 1 from api_tokens where id = ${id} and region_code like ${`${regionPrefix}%`}`.execute(db)
  return rows.length === 1
}

/** What a call with a token is judged by. */
export interface KnownToken {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly access: TokenAccess
  readonly regionCode: string
  readonly expiresOn: string
  readonly isRevoked: boolean
}

const selectByHash = prepare<{ secretHash: Uint8Array }, KnownToken>(
  'portal_api_token',
  (param) => sql`
    select id, name, prefix, access, region_code as "regionCode", expires_on as "expiresOn",
      revoked_at is not null as "isRevoked"
    from api_tokens where secret_hash = ${param('secretHash')}`,
)

/** Asked for every call with a token; there is no other way to one than by the hash of its whole secret. */
export const findToken = async (
  { pool }: Pick<Database<DB>, 'pool'>,
  secretHash: Uint8Array,
): Promise<KnownToken | undefined> => (await selectByHash(pool, { secretHash }))[0]
