import { instantJson } from '@tiaodu/database'
import type { Reach, Seal } from '@tiaodu/service'
import type { Endpoint, EndpointKind } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { EndpointSettings, OpenEndpoint } from '../domain/delivery.ts'
import type { DB } from '../generated/tables.ts'

const endpointJson = sql`json_build_object('id', e.id, 'kind', e.kind, 'name', e.name, 'shownUrl', e.shown_url,
  'regionCode', e.region_code, 'unitId', e.unit_id, 'eventTypes', e.event_types, 'isPrivateAllowed', e.is_private_allowed, 'state', e.state,
  'disabledBecause', e.disabled_because, 'oldSecretUntil', ${instantJson('e.old_secret_until')},
  'lastSentAt', ${instantJson('l.last_sent_at')}, 'lastFailedAt', ${instantJson('l.last_failed_at')},
  'lastAnswer', l.last_answer, 'version', e.version, 'createdAt', ${instantJson('e.created_at')}, 'createdBy', e.created_by)`

/** An endpoint with its settings, as a lane needs it; undefined for a lane without one. */
export async function openEndpoint(
  db: Kysely<DB>,
  lane: string,
  seal: Seal,
): Promise<(OpenEndpoint & { kind: EndpointKind; state: string }) | undefined> {
  const { rows } = await sql<{
    id: string
    kind: EndpointKind
    name: string
    state: string
    isPrivateAllowed: boolean
    isOldSecretValid: boolean
    sealed: string
  }>`
    select e.id, e.kind, e.name, e.state, e.is_private_allowed as "isPrivateAllowed",
      coalesce(e.old_secret_until > now(), false) as "isOldSecretValid", e.sealed
    from lanes l join endpoints e on e.id = l.endpoint_id where l.lane = ${lane}`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const { sealed, ...rest } = row
  return { ...rest, settings: seal.open<EndpointSettings>(sealed) }
}

/** Endpoints within reach, newest first, one more than the page holds. */
export async function listEndpoints(
  db: Kysely<DB>,
  kind: EndpointKind | undefined,
  { regionPrefix }: Reach,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<Endpoint[]> {
  const { rows } = await sql<{ item: Endpoint }>`
    select ${endpointJson} as item from endpoints e join lanes l on l.endpoint_id = e.id
    where e.region_code like ${`${regionPrefix}%`} and (${kind ?? null}::text is null or e.kind = ${kind ?? null})
      and (${after?.[0] ?? null}::uuid is null or e.id < ${after?.[0] ?? null}::uuid)
    order by e.id desc limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}

/** One endpoint within reach, as people see it. */
export async function findEndpoint(db: Kysely<DB>, id: string, { regionPrefix }: Reach): Promise<Endpoint | undefined> {
  const { rows } = await sql<{ item: Endpoint }>`
    select ${endpointJson} as item from endpoints e join lanes l on l.endpoint_id = e.id
    where e.id = ${id} and e.region_code like ${`${regionPrefix}%`}`.execute(db)
  return rows[0]?.item
}

/** What lies sealed in an endpoint within reach, and its version; nobody else changes it until the transaction ends. */
export async function lockEndpoint(
  trx: Transaction<DB>,
  id: string,
  { regionPrefix }: Reach,
): Promise<{ kind: EndpointKind; sealed: string; version: number } | undefined> {
  const { rows } = await sql<{ kind: EndpointKind; sealed: string; version: number }>`
    select kind, sealed, version from endpoints where id = ${id} and region_code like ${`${regionPrefix}%`} for update`.execute(
    trx,
  )
  return rows[0]
}

export async function countEndpoints(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from endpoints`.execute(db)
  return rows[0]?.count ?? 0
}

/** Adds an endpoint and its lane. */
export async function insertEndpoint(
  trx: Transaction<DB>,
  endpoint: Pick<
    Endpoint,
    'id' | 'kind' | 'name' | 'shownUrl' | 'regionCode' | 'unitId' | 'isPrivateAllowed' | 'createdBy'
  > & {
    readonly eventTypes: readonly string[]
    readonly sealed: string
  },
  now: Date,
): Promise<void> {
  const { id, kind, name, shownUrl, regionCode, unitId, eventTypes, isPrivateAllowed, createdBy, sealed } = endpoint
  await sql`
    insert into endpoints (id, kind, name, shown_url, sealed, region_code, unit_id, event_types, is_private_allowed, created_at, created_by)
    values (${id}, ${kind}, ${name}, ${shownUrl}, ${sealed}, ${regionCode}, ${unitId}, ${eventTypes}, ${isPrivateAllowed}, ${now}, ${createdBy})`.execute(
    trx,
  )
  await sql`insert into lanes (lane, endpoint_id) values (${id}, ${id})`.execute(trx)
}

/** Changes what is given; what is undefined stays. */
export async function changeEndpoint(
  trx: Transaction<DB>,
  id: string,
  change: {
    readonly name?: string | undefined
    readonly shownUrl?: string | undefined
    readonly sealed?: string | undefined
    readonly eventTypes?: readonly string[] | undefined
    readonly isPrivateAllowed?: boolean | undefined
    readonly state?: 'active' | 'disabled' | undefined
    readonly disabledBecause?: string | undefined
    readonly oldSecretUntil?: Date | undefined
  },
): Promise<void> {
  const { name, shownUrl, sealed, eventTypes, isPrivateAllowed, state, disabledBecause, oldSecretUntil } = change
  await sql`
    update endpoints set version = version + 1, name = coalesce(${name ?? null}, name),
      shown_url = coalesce(${shownUrl ?? null}, shown_url), sealed = coalesce(${sealed ?? null}, sealed),
      event_types = coalesce(${eventTypes ?? null}::text[], event_types),
      is_private_allowed = coalesce(${isPrivateAllowed ?? null}::boolean, is_private_allowed),
      state = coalesce(${state ?? null}, state),
      disabled_because = case when ${state ?? null}::text is null then disabled_because else ${disabledBecause ?? null} end,
      old_secret_until = coalesce(${oldSecretUntil ?? null}::timestamptz, old_secret_until)
    where id = ${id}`.execute(trx)
}

/** Disables an endpoint whose other side wants nothing any more, and gives up what waits for it. */
export const disableEndpoint = (db: Kysely<DB>, id: string, because: string): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await sql`update endpoints set state = 'disabled', disabled_because = ${because}, version = version + 1
      where id = ${id} and state = 'active'`.execute(trx)
    await sql`update deliveries set state = 'givenUp', answer = ${because}
      where endpoint_id = ${id} and state in ('queued', 'failed')`.execute(trx)
  })
