import t from 'tap'
import { createTokens } from '../src/index.ts'
import { actorOf, createTestApp, PROJECT, SECRET, signedIn, tokens, UNIT } from './fixtures/app.ts'

const { app, calls } = createTestApp()
t.teardown(() => app.close())
const url = `/api/v1/things/${PROJECT}`
const get = async (headers: Record<string, string>, address = url) => {
  const answer = await app.inject({ url: address, headers })
  return { status: answer.statusCode, code: answer.json().code, field: answer.json().errors?.[0]?.field }
}

t.test('without a valid token nobody gets in', async (t) => {
  const notSignedIn = { status: 401, code: 'not-signed-in', field: undefined }
  const forged = await createTokens(`${SECRET}!`).sign(actorOf('supervisor'), { seconds: 60 })
  const expired = await tokens.sign(actorOf('supervisor'), { seconds: -1 })
  // {"alg":"none"} with the claims of a supervisor and no signature.
  const unsigned = ['{"alg":"none"}', JSON.stringify({ actor: actorOf('supervisor'), exp: 4_102_444_800 })]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')
  for (const authorization of [
    '',
    'Bearer',
    'Bearer ',
    `Basic ${forged}`,
    `Bearer ${forged}`,
    `Bearer ${expired}`,
    `Bearer ${unsigned}.`,
  ]) {
    t.same(await get({ authorization }), notSignedIn, authorization)
  }
})

t.test('a token that was good is refused as soon as it has expired, though it is remembered', async (t) => {
  const shortLived = await tokens.sign(actorOf('supervisor'), { seconds: 1 })
  t.ok(await tokens.verify(shortLived))
  const later = Date.now() + 2_000
  t.intercept(Date, 'now', { value: () => later })
  t.equal(await tokens.verify(shortLived), undefined)
})

t.test('a role that the contract does not name is refused before anything is read', async (t) => {
  t.match(await get(await signedIn(actorOf('reviewer'))), { status: 403, code: 'role-not-allowed' })
  t.match(await get(await signedIn(actorOf('reviewer')), '/api/v1/things/not-an-id'), { code: 'role-not-allowed' })
})

t.test('the scope is the project of the address: own unit, or own region and below', async (t) => {
  const outside = { status: 403, code: 'outside-scope', field: 'id' }
  const good = { status: 200, code: undefined, field: undefined }
  const cases = [
    [actorOf('filer', { unitId: UNIT }), good],
    [actorOf('filer', { unitId: PROJECT }), outside],
    [actorOf('filer', { unitId: null }), outside],
    [actorOf('supervisor', { regionCode: '410802' }), good],
    [actorOf('supervisor', { regionCode: '410800' }), good],
    [actorOf('supervisor', { regionCode: '410000' }), good],
    [actorOf('supervisor', { regionCode: '100000' }), good],
    [actorOf('supervisor', { regionCode: '410811' }), outside],
    [actorOf('supervisor', { regionCode: '420000' }), outside],
  ] as const
  for (const [actor, expected] of cases) {
    const { role, unitId, regionCode } = actor
    t.same(await get(await signedIn(actor)), expected, `${role} of ${unitId} in ${regionCode}`)
  }
  t.equal(calls.length, cases.filter(([, expected]) => expected === good).length, 'nobody else reached the handler')
})

t.test('a project that does not exist is not found', async (t) => {
  const other = url.replace(/1$/, '2')
  t.same(await get(await signedIn(actorOf('supervisor')), other), { status: 404, code: 'not-found', field: 'id' })
})
