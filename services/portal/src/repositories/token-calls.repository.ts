import { instantJson } from '@tiaodu/database'
import type { ApiTokenCalls } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { CountedCalls } from '../domain/call-tally.ts'
import type { DB } from '../generated/tables.ts'

/** Adds counted calls to those of their days, and notes when each token was used last. */
export async function addCalls(db: Kysely<DB>, counted: readonly CountedCalls[]): Promise<void> {
  await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(counted)}::json) as g ("tokenId" uuid, "calledOn" date, method text,
        route text, answered integer, refused integer, "lastAt" timestamptz)
    ), used as (
      update api_tokens t set last_used_at = greatest(t.last_used_at, g.at)
      from (select "tokenId", max("lastAt") as at from given group by 1) g where t.id = g."tokenId"
    )
    insert into api_token_calls as c (token_id, called_on, method, route, answered, refused, last_at)
    select * from given
    on conflict (token_id, called_on, method, route) do update set answered = c.answered + excluded.answered,
      refused = c.refused + excluded.refused, last_at = greatest(c.last_at, excluded.last_at)`.execute(db)
}

/** Forgets what was called before a day. */
export const deleteCallsBefore = async (db: Kysely<DB>, day: string): Promise<void> => {
  await sql`delete from api_token_calls where called_on < ${day}::date`.execute(db)
}

/** What a token called, newest day first, one more than the page holds. */
export async function listCalls(
  db: Kysely<DB>,
  tokenId: string,
  { after, limit }: { after: readonly [day: string, route: string, method: string] | undefined; limit: number },
): Promise<ApiTokenCalls[]> {
  const [day = null, route = null, method = null] = after ?? []
  const { rows } = await sql<{ item: ApiTokenCalls }>`
    select json_build_object('calledOn', called_on, 'method', method, 'route', route, 'answered', answered,
      'refused', refused, 'lastAt', ${instantJson('last_at')}) as item
    from api_token_calls where token_id = ${tokenId} and (${day}::date is null or called_on < ${day}::date
      or (called_on = ${day}::date and (route, method) > (${route}::text, ${method}::text)))
    order by called_on desc, route, method limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}
