import { actorOf, signedIn } from '@tiaodu/testing'
import { type Actor, MAX_PHOTO_BYTES, MAX_PHOTOS, type ReportPhoto, routes } from '@tiaodu/types'
import t from 'tap'
import Schema from 'typebox/schema'
import { v7 as uuidv7 } from 'uuid'
import { filer, operator, otherFiler, projectNamed, reviewer, startCycleService } from '../fixtures/cycle-service.ts'
import { exifSaying, jpeg, png, webp } from '../fixtures/photos.ts'

const PERIOD = '2026-11'
const service = await startCycleService(t, '2026-10-20T01:00:00Z')
const { app, call, clock, note, refusal } = service
const project = projectNamed('有照片的')
const ID = project.projectId
const params = { id: ID, period: PERIOD }
const url = (period = PERIOD) => `/api/v1/projects/${ID}/reports/${period}/photos`

const add = async (
  payload: Buffer,
  {
    type = 'image/jpeg',
    query = { place: '1 号楼', takenOn: '2026-10-19' },
    actor = filer as Actor,
    period = PERIOD,
  } = {},
) => {
  const headers = { ...(await signedIn(actor)), 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: url(period), query, payload, headers })
  const body = answer.json()
  if (answer.statusCode === 201 && !Schema.Compile(routes.addReportPhoto.schema.response[201]).Check(body))
    throw new Error(`answered against its contract: ${answer.body}`)
  return { status: answer.statusCode, body }
}
const codeOf = async (...given: Parameters<typeof add>) => {
  const { status, body } = await add(...given)
  return [status, body.code, body.errors?.[0]?.field]
}
const photos = async (revision?: number, actor: Actor = filer) => {
  const query = revision === undefined ? {} : { query: { revision: String(revision) } }
  const { body } = await call(actor, routes.listReportPhotos, { params, ...query })
  return { revision: body.revision, places: body.items.map(({ place }: ReportPhoto) => place) }
}
const remove = async (photoId: string) => {
  const headers = await signedIn(filer)
  const answer = await app.inject({ method: 'DELETE', url: `${url()}/${photoId}`, headers })
  return answer.statusCode === 204 ? 204 : answer.json().code
}
const file = () =>
  call(filer, routes.fileReports, {
    body: { period: PERIOD, reports: [{ projectId: ID, entry: { completedYuan: 7, visualProgress: '主体' } }] },
    headers: { 'idempotency-key': uuidv7() },
  })

t.before(async () => {
  await note(project)
  await call(operator, routes.openCycle, { body: { period: '2026-10' } })
  await add(jpeg('october'), { period: '2026-10' })
  clock.set('2026-11-20T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: PERIOD } })
})

t.test('photos are added before anything else is saved, each with place and day', async (t) => {
  const { status, body } = await add(jpeg('first'))
  t.equal(status, 201)
  t.match(body, {
    place: '1 号楼',
    takenOn: '2026-10-19',
    isTakenOnRead: false,
    type: 'image/jpeg',
    sameAsPeriod: null,
  })
  const shot = exifSaying('2026:11:18 08:00:00')
  t.match((await add(png('second', shot), { type: 'image/png', query: { place: '2 号楼' } as never })).body, {
    takenOn: '2026-11-18',
    isTakenOnRead: true,
  })
  t.match(
    (await add(webp('third'), { query: { place: '3 号楼', takenOn: '2026-11-02' } })).body,
    { type: 'image/webp' },
    'what it is, not what it was said to be',
  )
  t.same(await photos(), { revision: 1, places: ['1 号楼', '2 号楼', '3 号楼'] })
  t.equal((await call(filer, routes.getReport, { params })).body.state, 'expected', 'nothing else was saved')
  t.match((await add(jpeg('october'))).body, { sameAsPeriod: '2026-10' }, 'a photo of an earlier month is noticed')
})

t.test('what is wrong is refused by name, and nothing is kept', async (t) => {
  const before = await photos()
  t.same(await codeOf(jpeg('first')), [409, 'already-exists', 'photos'])
  t.same(await codeOf(Buffer.from('MZ not a photo')), [422, 'photo-unreadable', 'photo'])
  t.same(await codeOf(Buffer.alloc(0)), [422, 'photo-unreadable', 'photo'])
  t.same(await codeOf(jpeg('x'), { type: 'text/html' }), [415, 'unsupported-media-type', undefined])
  t.same(await codeOf(Buffer.alloc(MAX_PHOTO_BYTES + 1, 0xff)), [413, 'body-too-large', undefined])
  t.same(await codeOf(jpeg('x'), { query: { takenOn: '2026-11-01' } as never }), [400, 'validation-failed', 'place'])
  t.same(await codeOf(jpeg('x'), { query: { place: 'x' } as never }), [400, 'validation-failed', 'takenOn'])
  t.same(await codeOf(jpeg('x'), { query: { place: 'x', takenOn: '2026-11-21' } }), [
    400,
    'validation-failed',
    'takenOn',
  ])
  t.same(await codeOf(jpeg('x'), { actor: otherFiler }), [403, 'outside-scope', 'id'])
  t.same(await codeOf(jpeg('x'), { actor: reviewer }), [403, 'role-not-allowed', undefined])
  t.same(await codeOf(jpeg('x'), { period: '2026-12' }), [409, 'period-not-open', 'period'])
  t.same(await photos(), before)
})

t.test('whoever reaches the report sees its photos, as files that are what they say', async (t) => {
  const { body } = await call(reviewer, routes.listReportPhotos, { params })
  const [first] = body.items
  const get = async (actor: Actor, photoId = first.id) =>
    app.inject({ method: 'GET', url: `${url()}/${photoId}`, headers: await signedIn(actor) })
  const answer = await get(reviewer)
  t.ok(answer.rawPayload.equals(jpeg('first')))
  t.match(answer.headers, {
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=3600, immutable',
    'content-disposition': /^inline; filename\*=UTF-8''2026-11-[0-9a-f]{8}\.jpg$/,
  })
  t.equal((await get(otherFiler)).json().code, 'outside-scope')
  t.equal((await get(actorOf('reviewer', { regionCode: '410902' }))).json().code, 'outside-scope')
  t.equal((await get(reviewer, uuidv7())).json().code, 'not-found')
  t.same(await refusal(otherFiler, routes.listReportPhotos, { params }), ['outside-scope', 'id'])
  const other = await app.inject({
    ...{ method: 'GET', url: `${url('2026-10')}/${first.id}`, headers: await signedIn(reviewer) },
  })
  t.equal(other.json().code, 'not-found', 'of another month')
})

t.test('photos change while the draft can be edited, and each submission keeps its own', async (t) => {
  const { body } = await call(filer, routes.listReportPhotos, { params })
  const [first, second] = body.items
  t.equal(await remove(second.id), 204)
  t.equal(await remove(second.id), 'not-found')
  t.equal((await file()).status, 200)
  t.same(await photos(), { revision: 1, places: ['1 号楼', '3 号楼', '1 号楼'] })
  t.same(await codeOf(jpeg('late')), [409, 'report-not-editable', 'state'])
  t.equal(await remove(first.id), 'report-not-editable')
  const reasons = [{ field: 'visualProgress', reason: '照片不清' }]
  await call(reviewer, routes.returnReport, { params, body: { reasons } })
  t.equal(await remove(first.id), 204)
  t.equal((await add(jpeg('fourth'), { query: { place: '4 号楼', takenOn: '2026-11-20' } })).status, 201)
  t.same(await photos(), { revision: 2, places: ['3 号楼', '1 号楼', '4 号楼'] })
  t.equal((await file()).status, 200)
  t.same(await photos(1, reviewer), { revision: 1, places: ['1 号楼', '3 号楼', '1 号楼'] }, 'as it was filed at first')
  t.same(await photos(undefined, reviewer), { revision: 2, places: ['3 号楼', '1 号楼', '4 号楼'] })
})

t.test('two who add at once cannot go past the limit, nor into a report that is being filed', async (t) => {
  const reasons = [{ field: 'report', reason: '补照片' }]
  await call(reviewer, routes.returnReport, { params, body: { reasons } })
  const tries = Array.from({ length: MAX_PHOTOS }, (_, n) => add(jpeg(`many${n}`)))
  const answers = await Promise.all([...tries, file()])
  const added = answers.filter(({ status }) => status === 201).length
  const { body } = await call(reviewer, routes.listReportPhotos, { params, query: { revision: '3' } })
  t.equal(body.items.length, 3 + added)
  t.ok(body.items.length <= MAX_PHOTOS)
  const filedAt = (await call(filer, routes.getReport, { params })).body.submittedAt
  t.ok(filedAt, 'and the report is filed')
})
