import { randomBytes } from 'node:crypto'
import { fromCursor, isWithin, type Reach, type Seal, toPage } from '@tiaodu/service'
import {
  type Actor,
  type BodyOf,
  type Endpoint,
  ProblemError,
  type QueryOf,
  type ResponseOf,
  refuse,
  type routes,
} from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { EndpointSettings } from '../domain/delivery.ts'
import { assertFits } from '../domain/endpoint-fields.ts'
import { toEndpointUrl, toSentUrl, toShownUrl } from '../domain/endpoint-url.ts'
import type { DB } from '../generated/tables.ts'
import {
  changeEndpoint,
  countEndpoints,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  lockEndpoint,
} from '../repositories/endpoints.repository.ts'
import { findUnknownUnits } from '../repositories/orders.repository.ts'

/** What managing endpoints stands on. */
export interface EndpointParts {
  readonly db: Kysely<DB>
  readonly seal: Seal
}

type WithSecret = ResponseOf<typeof routes.createEndpoint>

const MOST_ENDPOINTS = 200
const SECRET_BYTES = 32
const HOUR_MS = 3_600_000

/** A new secret of Standard Webhooks 1.0. */
const createSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`

const notFound = () => refuse('not-found', 'id', { zh: '没有这个推送端点', en: 'There is no such endpoint' })

function assertUrl(text: string): URL {
  const url = toEndpointUrl(text)
  if (url !== undefined) return url
  throw refuse('validation-failed', 'url', {
    zh: '应为 http 或 https 地址，不能含用户名、密码或 #',
    en: 'must be an http or https address without user, password or #',
  })
}

/** A page of endpoints within reach, newest first. */
export async function listEndpointPage(
  { db }: EndpointParts,
  { cursor, limit = 20, kind }: QueryOf<typeof routes.listEndpoints>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listEndpoints>> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['id']), limit }
  return toPage(await listEndpoints(db, kind, reach, span), limit, ({ id }) => [id])
}

/** One endpoint within reach. @throws not-found */
export async function getEndpoint(db: Kysely<DB>, id: string, reach: Reach): Promise<Endpoint> {
  const endpoint = await findEndpoint(db, id, reach)
  if (endpoint === undefined) throw notFound()
  return endpoint
}

/** Registers an endpoint for a region within reach; our secret is told here and nowhere else. @throws outside-scope, limit-reached, validation-failed, unknown-reference */
export async function createEndpoint(
  { db, seal }: EndpointParts,
  body: BodyOf<typeof routes.createEndpoint>,
  { actor, reach }: { actor: Actor; reach: Reach },
  now: Date,
): Promise<WithSecret> {
  const url = assertUrl(body.url)
  if (!isWithin(reach, { unitId: null, regionCode: body.regionCode }))
    throw refuse('outside-scope', 'regionCode', {
      zh: '该区域不在您的管理范围内',
      en: 'You do not answer for this region',
    })
  assertFits(body.kind, body)
  if (body.kind === 'sms' && body.request === undefined)
    throw refuse('validation-failed', 'request', {
      zh: '短信网关须有请求模板',
      en: 'A gateway needs a template of its request',
    })
  const secret = body.kind === 'webhook' ? createSecret() : null
  const id = uuidv7()
  await db.transaction().execute(async (trx) => {
    if ((await countEndpoints(trx)) >= MOST_ENDPOINTS)
      throw new ProblemError('limit-reached', {
        zh: `至多 ${MOST_ENDPOINTS} 个推送端点`,
        en: `At most ${MOST_ENDPOINTS} endpoints`,
      })
    const { kind, name, regionCode, unitId = null, eventTypes = [], isPrivateAllowed = false } = body
    if (unitId !== null && (await findUnknownUnits(trx, [unitId])).length > 0)
      throw refuse('unknown-reference', 'unitId', { zh: '没有这个单位', en: 'There is no such unit' })
    const signing = secret ?? body.secret
    const settings: EndpointSettings = {
      url: toSentUrl(url, body.url, kind),
      ...(signing === undefined ? {} : { secret: signing }),
      ...(body.request === undefined ? {} : { request: body.request }),
    }
    const [sealed, shownUrl, createdBy] = [seal.close(settings), toShownUrl(url, kind), actor.name]
    await insertEndpoint(
      trx,
      { id, kind, name, shownUrl, sealed, regionCode, unitId, eventTypes, isPrivateAllowed, createdBy },
      now,
    )
  })
  return { endpoint: await getEndpoint(db, id, reach), secret }
}

/** Changes an endpoint within reach. @throws not-found, version-mismatch, validation-failed */
export async function updateEndpoint(
  { db, seal }: EndpointParts,
  id: string,
  body: BodyOf<typeof routes.updateEndpoint>,
  { actor, reach, expectedVersion }: { actor: Actor; reach: Reach; expectedVersion: number | undefined },
): Promise<Endpoint> {
  const url = body.url === undefined ? undefined : assertUrl(body.url)
  await db.transaction().execute(async (trx) => {
    const locked = await lockEndpoint(trx, id, reach)
    if (locked === undefined) throw notFound()
    if (expectedVersion !== undefined && expectedVersion !== locked.version) throw new ProblemError('version-mismatch')
    assertFits(locked.kind, body)
    const { name, eventTypes, isPrivateAllowed, state, secret } = body
    const settings = {
      ...seal.open<EndpointSettings>(locked.sealed),
      ...(url === undefined ? {} : { url: toSentUrl(url, body.url ?? '', locked.kind) }),
      ...(body.request === undefined ? {} : { request: body.request }),
      ...(secret === undefined ? {} : { secret }),
    }
    await changeEndpoint(trx, id, {
      name,
      eventTypes,
      isPrivateAllowed,
      state,
      sealed: seal.close(settings),
      ...(url === undefined ? {} : { shownUrl: toShownUrl(url, locked.kind) }),
      ...(state === 'disabled' ? { disabledBecause: `${actor.name} 停用` } : {}),
    })
  })
  return getEndpoint(db, id, reach)
}

/** Gives a webhook a new secret; the old one signs beside it for a while. @throws not-found, endpoint-has-no-secret */
export async function rotateSecret(
  { db, seal }: EndpointParts,
  id: string,
  { keepOldHours }: BodyOf<typeof routes.rotateEndpointSecret>,
  reach: Reach,
): Promise<WithSecret> {
  const secret = createSecret()
  await db.transaction().execute(async (trx) => {
    const locked = await lockEndpoint(trx, id, reach)
    if (locked === undefined) throw notFound()
    if (locked.kind !== 'webhook') throw new ProblemError('endpoint-has-no-secret')
    const { secret: oldSecret, ...settings } = seal.open<EndpointSettings>(locked.sealed)
    const renewed = { ...settings, secret, ...(oldSecret === undefined ? {} : { oldSecret }) }
    // By the machine's clock, as the signatures are.
    const oldSecretUntil = new Date(Date.now() + keepOldHours * HOUR_MS)
    await changeEndpoint(trx, id, { sealed: seal.close(renewed), oldSecretUntil })
  })
  return { endpoint: await getEndpoint(db, id, reach), secret }
}
