import { createHash } from 'node:crypto'
import { signedIn } from '@tiaodu/testing'
import { type ReportSheet, routes } from '@tiaodu/types'
import t from 'tap'
import { filer, operator, otherFiler, projectNamed, reviewer, startCycleService } from '../fixtures/cycle-service.ts'
import { jpeg } from '../fixtures/photos.ts'

const PERIOD = '2026-11'
const service = await startCycleService(t, '2026-11-20T01:00:00Z')
const { app, call, clock, note, refusal } = service
const project = projectNamed('要打印的')
const params = { id: project.projectId, period: PERIOD }
const url = `/api/v1/projects/${project.projectId}/reports/${PERIOD}`
const entry = { completedYuan: 1_234_500, visualProgress: '主体封顶', difficulties: '', nextSteps: '砌筑' }

/** The sheet, once its hash was made anew from the bytes that were sent. */
async function print(): Promise<ReportSheet> {
  const answer = await app.inject({ method: 'GET', url: `${url}/sheet`, headers: await signedIn(filer) })
  const [, content = ''] = /^\{"content":(.*),"sha256":"[0-9a-f]{64}"\}$/.exec(answer.body) ?? []
  const sheet: ReportSheet = answer.json()
  t.equal(createHash('sha256').update(content).digest('hex'), sheet.sha256, 'the hash is that of what was sent')
  return (await call(filer, routes.getReportSheet, { params })).body
}

t.before(async () => {
  await note(project)
  await call(operator, routes.openCycle, { body: { period: PERIOD } })
})

t.test('a sheet says what the report says, and the same record has the same hash at any time', async (t) => {
  await call(filer, routes.saveReport, { params, body: entry })
  const draft = await print()
  t.match(draft.content, { state: 'draft', version: 1, revision: 0, projectName: '要打印的', entry, review: [] })
  t.equal(draft.content.computed.yearToDateYuan, 1_234_500)
  clock.set('2026-11-21T01:00:00Z')
  t.same(await print(), draft)
})

t.test('a draft that saves what it says already keeps its version', async (t) => {
  const save = async (body: object, ifMatch: string) => call(filer, routes.saveReport, { params, body, ifMatch })
  t.match(await save(entry, '1'), { status: 200, body: { version: 1 } })
  t.match(await save({ ...entry, completedYuan: 1_234_501 }, '1'), { body: { version: 2 } })
  t.equal(
    (await save({ ...entry, completedYuan: 1_234_501 }, '1')).status,
    412,
    'of a version that is gone it is refused',
  )
  t.match(await save(entry, '2'), { body: { version: 3 } })
})

t.test('whatever is printed and changes, changes the hash: entry, photos, state, review', async (t) => {
  const seen = new Set([(await print()).sha256])
  const isNew = async (what: string) => {
    const { sha256 } = await print()
    t.notOk(seen.has(sha256), what)
    seen.add(sha256)
  }
  await call(filer, routes.saveReport, { params, body: { ...entry, nextSteps: '装修' } })
  await isNew('the entry')
  const headers = { ...(await signedIn(filer)), 'content-type': 'image/jpeg' }
  const query = { place: '1 号楼', takenOn: '2026-11-19' }
  await app.inject({ method: 'POST', url: `${url}/photos`, query, payload: jpeg('one'), headers })
  await isNew('a photo')
  await call(filer, routes.submitReport, { params })
  await isNew('filed')
  await call(reviewer, routes.approveReport, { params })
  await isNew('approved')
  const { content } = await print()
  t.match(content, {
    ...{ state: 'approved', revision: 1, photos: [{ place: '1 号楼', takenOn: '2026-11-19' }] },
    review: [{ levelName: '审核', at: '2026-11-21T01:00:00.000Z' }],
  })
})

t.test('it is printed by whoever reaches the report', async (t) => {
  t.same(await refusal(otherFiler, routes.getReportSheet, { params }), ['outside-scope', 'id'])
  t.same(await refusal(reviewer, routes.getReportSheet, { params: { ...params, period: '2026-12' } }), [
    ...['period-not-open', 'period'],
  ])
  t.equal((await call(reviewer, routes.getReportSheet, { params })).status, 200)
})
