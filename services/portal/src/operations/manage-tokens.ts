import { randomBytes } from 'node:crypto'
import { fromCursor, isWithin, type Reach, toPage } from '@tiaodu/service'
import {
  type Actor,
  type ApiToken,
  type BodyOf,
  ProblemError,
  type QueryOf,
  type ResponseOf,
  refuse,
  type routes,
  TOKEN_MARK,
  toDateOn,
} from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideExpiry, PREFIX_LENGTH } from '../domain/api-token.ts'
import type { DB } from '../generated/tables.ts'
import {
  countActive,
  insertToken,
  isTokenWithin,
  listTokens,
  revokeToken,
} from '../repositories/api-tokens.repository.ts'
import { listCalls } from '../repositories/token-calls.repository.ts'
import { hashSecret } from './admit-token.ts'

/** Asks the project library whether there is a region. @throws unavailable */
export type KnowsRegion = (code: string) => Promise<boolean>

interface Caller {
  readonly actor: Actor
  readonly reach: Reach
}

const notFound = () => refuse('not-found', 'id', { zh: '没有这个接口令牌', en: 'There is no such API token' })

const MOST_TOKENS = 200
const SECRET_BYTES = 32

/** A page of tokens within reach, newest first. */
export async function listTokenPage(
  db: Kysely<DB>,
  { cursor, limit = 20 }: QueryOf<typeof routes.listApiTokens>,
  reach: Reach,
  now: Date,
): Promise<ResponseOf<typeof routes.listApiTokens>> {
  const [after] = cursor === undefined ? [] : fromCursor(cursor, ['id'])
  return toPage(await listTokens(db, reach, { after, limit, today: toDateOn(now) }), limit, ({ id }) => [id])
}

async function assertRegion(code: string, reach: Reach, knowsRegion: KnowsRegion): Promise<void> {
  if (!isWithin(reach, { unitId: null, regionCode: code }))
    throw refuse('outside-scope', 'regionCode', {
      zh: '该区域不在您的管理范围内',
      en: 'You do not answer for this region',
    })
  if (!(await knowsRegion(code)))
    throw refuse('unknown-reference', 'regionCode', { zh: '没有这个区划', en: 'There is no such region' })
}

/** Makes a token for a region within reach; its secret is told here and nowhere else. @throws validation-failed, outside-scope, unknown-reference, limit-reached, unavailable */
export async function createToken(
  { db, knowsRegion }: { db: Kysely<DB>; knowsRegion: KnowsRegion },
  id: string,
  { name, regionCode, access = 'read', ...body }: BodyOf<typeof routes.createApiToken>,
  { actor, reach }: Caller,
  now: Date,
): Promise<ResponseOf<typeof routes.createApiToken>> {
  const today = toDateOn(now)
  const expiresOn = decideExpiry(body.expiresOn, today)
  await assertRegion(regionCode, reach, knowsRegion)
  if ((await countActive(db, today)) >= MOST_TOKENS)
    throw new ProblemError('limit-reached', {
      zh: `至多 ${MOST_TOKENS} 个有效的接口令牌`,
      en: `At most ${MOST_TOKENS} tokens may be active`,
    })
  const secret = `${TOKEN_MARK}${randomBytes(SECRET_BYTES).toString('base64url')}`
  const [prefix, secretHash] = [secret.slice(0, PREFIX_LENGTH), hashSecret(secret)]
  const made = { id, name, regionCode, access, prefix, expiresOn, createdBy: actor.name, secretHash }
  return { token: await insertToken(db, made, now, today), secret }
}

/** Ends a token within reach at once. @throws not-found */
export async function endToken(db: Kysely<DB>, id: string, { actor, reach }: Caller, now: Date): Promise<ApiToken> {
  const token = await revokeToken(db, id, reach, { by: actor.name, now, today: toDateOn(now) })
  if (token === undefined) throw notFound()
  return token
}

/** What a token within reach called, by day and route, newest day first. @throws not-found */
export async function listCallPage(
  db: Kysely<DB>,
  id: string,
  { cursor, limit = 20 }: QueryOf<typeof routes.listApiTokenCalls>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listApiTokenCalls>> {
  if (!(await isTokenWithin(db, id, reach))) throw notFound()
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['date', 'text', 'text'])
  const rows = await listCalls(db, id, { after, limit })
  return toPage(rows, limit, ({ calledOn, route, method }) => [calledOn, route, method])
}
