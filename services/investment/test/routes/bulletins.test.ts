import { createHash } from 'node:crypto'
import { actorOf } from '@tiaodu/testing'
import { type Bulletin, type BulletinDraft, CHECK_CODES, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { noteUnit } from '../../src/operations/note-unit.ts'
import {
  bulletinEntry,
  filer,
  OTHER_UNIT,
  operator,
  otherFiler,
  projectNamed,
  reviewer,
  startCycleService,
  supervisor,
} from '../fixtures/cycle-service.ts'

const PERIOD = '2026-11'
const YI = 100_000_000
const params = { period: PERIOD }
const { db, clock, call, refusal, note, events, publish } = await startCycleService(t, '2026-11-20T01:00:00Z')
const { getBulletinDraft, putBulletinDraft, publishBulletin, getBulletin, getBulletinDocument, verifyBulletin } = routes
const leader = actorOf('leader', { personId: uuidv7() })

const due = { plannedStartOn: '2026-03-01', actualStartOn: '2026-03-10', plannedCompletionOn: '2026-12-31' }
const road = projectNamed('人民路', { ...due, totalInvestmentYuan: 10 * YI, tiers: ['province', 'city'] })
const bridge = projectNamed('大沙河桥', {
  plannedStartOn: '2026-06-30',
  stage: 'preliminary',
  totalInvestmentYuan: 5 * YI,
})
const early = projectNamed('智能工厂', {
  plannedStartOn: '2027-03-01',
  actualStartOn: '2026-10-08',
  regionCode: '410802',
  regionName: '解放区',
  responsibleUnitId: OTHER_UNIT,
  responsibleUnitName: '解放区工信局',
  tiers: ['county'],
  totalInvestmentYuan: 2 * YI,
})
const fund = [{ source: 'ownFunds', yuan: YI }]

async function file(id: string, completedYuan: number, actor = filer, period = PERIOD) {
  const explanations = CHECK_CODES.map((code) => ({ code, text: '情况属实' }))
  const entry = {
    completedYuan,
    fundsReceived: fund,
    visualProgress: `主体施工 ${period}`,
    difficulties: '拆迁未完',
    explanations,
  }
  const of = { params: { id, period } }
  await call(actor, routes.saveReport, { ...of, body: entry })
  t.equal((await call(actor, routes.submitReport, of)).status, 200)
  t.equal((await call(reviewer, routes.approveReport, of)).status, 200)
}

const planned = (id: string, plannedYuan: number, year = 2026) =>
  call(reviewer, routes.putAnnualPlan, { params: { id, year }, body: { plannedYuan, reason: '年初下达' } })
const draft = async (): Promise<BulletinDraft> => (await call(supervisor, getBulletinDraft, { params })).body
const document = async (format: string, period = PERIOD): Promise<string> =>
  (await call(filer, getBulletinDocument, { params: { period }, query: { format } })).body
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

t.before(async () => {
  const unit = { unitId: OTHER_UNIT, version: 1, name: '解放区工信局', parentId: null }
  await db
    .transaction()
    .execute((trx) => noteUnit(trx, { ...unit, kind: 'district', regionCode: '410802', peerGroup: '城区组' }))
  for (const project of [road, bridge, early]) await note(project)
  await planned(road.projectId, 4 * YI)
  await planned(bridge.projectId, 2 * YI)
  await planned(early.projectId, YI)
  await call(operator, routes.openCycle, { body: params })
  await file(road.projectId, 3 * YI)
  await file(early.projectId, 1.2 * YI, otherFiler)
  await call(reviewer, routes.registerDifficulty, {
    params: { id: road.projectId },
    body: {
      description: '三户未签协议',
      category: 'site',
      coordinationLevel: 2,
      unitInChargeId: OTHER_UNIT,
      dueOn: '2026-11-25',
      period: PERIOD,
    },
  })
  const targets = [{ source: 'localSpecialBond', yuan: YI }]
  await call(operator, routes.putPolicyTargets, {
    params: { year: 2026, regionCode: '410802' },
    body: { targets, reason: '市政府工作报告' },
  })
})

t.test('a draft shows what the bulletin would say, and holds what people write', async (t) => {
  const first = await draft()
  t.match(first, { version: 0, isDue: false, missing: ['editor', 'reviewer', 'issuer', 'nextSteps'] })
  t.match(first.content.issue, {
    head: { number: 1, title: '关于2026年1—11月重点项目建设进展情况的通报', previousSha256: null },
    overall: { projectCount: 3, plannedYuan: 7 * YI, completedYuan: 4.2 * YI, completionPercent: 60 },
    byTier: [{ key: 'province', projectCount: 1 }, { key: 'city', projectCount: 2 }, { key: 'county' }],
    classes: {
      starts: { yearDue: 2, due: 2, done: 1, notDone: [{ projectName: '大沙河桥', unitName: '市工信局' }] },
      completions: { yearDue: 1, due: 0 },
    },
    grades: {
      counts: { completed: 1, smooth: 0, slow: 1, none: 1 },
      slow: [{ projectName: '人民路', shortYuan: Math.round((4 * YI * 11) / 12) - 3 * YI }],
      none: [{ projectName: '大沙河桥' }],
    },
    filing: { expected: 3, onTime: 2, missing: 1 },
    difficulties: { total: { raised: 1, openAtEnd: 1 } },
    funds: { groups: [{ key: 'ownFunds', receivedYuan: 2 * YI }] },
    policyFunds: [{ regionCode: '410802', targetYuan: YI }],
  })
  t.equal(first.content.region.total.completedYuan, first.content.issue?.overall.completedYuan, 'as the roll-ups say')
  t.match(first.content.issue?.classes.starts.early, [{ projectName: '智能工厂', actualOn: '2026-10-08' }])
  const saved = await call(operator, putBulletinDraft, { params, body: bulletinEntry, ifMatch: '"0"' })
  t.match(saved.body, { version: 1, missing: [], entry: bulletinEntry })
  t.equal((await call(operator, putBulletinDraft, { params, body: bulletinEntry })).body.version, 1, 'the same again')
  const html = await call(supervisor, routes.getBulletinDraftDocument, { params, query: { format: 'html' } })
  t.match(html.body, '草稿，未签发')
  t.match(html.body, '二要加快入统。')
})

t.test('who may not, and what is not due or not complete, is refused by name and changes nothing', async (t) => {
  for (const actor of [filer, reviewer, leader, actorOf('head')]) {
    t.equal((await refusal(actor, putBulletinDraft, { params, body: bulletinEntry }))[0], 'role-not-allowed')
    t.equal((await refusal(actor, getBulletinDraft, { params }))[0], 'role-not-allowed')
  }
  t.equal((await refusal(operator, publishBulletin, { params }))[0], 'role-not-allowed', 'a supervisor issues it')
  t.same(await refusal(supervisor, publishBulletin, { params }), ['period-not-due', 'period'])
  t.same(await refusal(supervisor, putBulletinDraft, { params, body: bulletinEntry, ifMatch: '"7"' }), [
    'version-mismatch',
    'If-Match',
  ])
  const unopened = { period: '2026-12' }
  t.same(await refusal(supervisor, getBulletinDraft, { params: unopened }), ['not-found', 'period'])
  t.same(await refusal(supervisor, putBulletinDraft, { params: unopened, body: bulletinEntry }), [
    'not-found',
    'period',
  ])
  const wrong = { editor: 'x'.repeat(31), organ: '', title: 'a\nb', nextSteps: null, number: 7 }
  for (const [field, value] of Object.entries(wrong))
    t.same(
      await refusal(supervisor, putBulletinDraft, { params, body: { ...bulletinEntry, [field]: value } }),
      ['validation-failed', field],
      field,
    )
  clock.set('2026-12-11T08:00:00Z')
  await call(supervisor, putBulletinDraft, { params, body: { ...bulletinEntry, reviewer: null, nextSteps: ' ' } })
  const { status, body } = await call(supervisor, publishBulletin, { params })
  t.equal(status, 422)
  t.match([body.code, body.errors], ['bulletin-incomplete', [{ field: 'reviewer' }, { field: 'nextSteps' }]])
  t.same(await refusal(supervisor, publishBulletin, { params, ifMatch: '"1"' }), ['version-mismatch', 'If-Match'])
  t.same(await refusal(filer, getBulletin, { params }), ['not-found', 'period'])
  t.same(await refusal(filer, verifyBulletin, { params }), ['not-found', 'period'])
  t.same(await events('bulletin.published.v1'), [])
})

let issued: Bulletin
let files: Record<'html' | 'markdown' | 'json', string>

t.test('issued, it is frozen with the hashes of its data and of its files', async (t) => {
  const { status, body } = await publish(PERIOD)
  t.equal(status, 201)
  issued = body
  files = { html: await document('html'), markdown: await document('markdown'), json: await document('json') }
  t.equal(issued.sha256, hash(files.json), 'whoever has the data can check the hash')
  t.equal(JSON.stringify(issued.content), files.json, 'the answer holds the very same')
  t.match(issued.content.issue?.head, {
    number: 1,
    editor: '张三',
    reviewer: '李四',
    issuer: '王五',
    issuedOn: '2026-12-11',
  })
  t.match(files.html, '2026年第1期')
  t.match(files.html, '占年度计划的60.00%，慢于时间进度31.67个百分点')
  t.match(files.markdown, '| 大沙河桥 | 焦作市 | 市工信局 | 2026年6月30日 |')
  const html = await call(filer, getBulletinDocument, { params, query: { format: 'html' } })
  t.match(html.headers['content-type'], 'text/html; charset=utf-8')
  t.match(await call(leader, verifyBulletin, { params }), { body: { edition: 1, isSame: true, isChainIntact: true } })
  t.same(await refusal(supervisor, putBulletinDraft, { params, body: bulletinEntry }), [
    'bulletin-published',
    undefined,
  ])
  t.equal((await call(supervisor, publishBulletin, { params })).status, 200, 'once')
  t.same(await refusal(filer, getBulletinDocument, { params, query: { format: 'pdf' } }), [
    'validation-failed',
    'format',
  ])
})

t.test('a year of changes, corrections and other plans later it comes out to the byte', async (t) => {
  await note({
    ...road,
    version: 2,
    name: '人民路改造（一期）',
    regionName: '焦作',
    tiers: ['county'],
    category: '城建',
  })
  await planned(road.projectId, 9 * YI)
  await planned(bridge.projectId, 0)
  const of = { id: road.projectId, period: PERIOD }
  const entry = { completedYuan: YI }
  await call(filer, routes.askCorrection, { params: of, body: { entry, reason: '口径有误' }, ifMatch: '"3"' })
  const corrected = await call(reviewer, routes.approveCorrection, { params: { ...of, number: 1 } })
  t.equal(corrected.body.state, 'approved')
  await call(supervisor, routes.putGradeRule, {
    body: { fromPeriod: '2026-12', slowBehindPoints: 5, reason: '从严' },
  })
  clock.set('2026-12-20T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: '2026-12' } })
  await file(road.projectId, YI, filer, '2026-12')
  clock.set('2027-01-20T01:00:00Z')
  t.equal((await publish('2026-12')).status, 201)
  for (const month of ['2027-03', '2027-08']) {
    clock.set(`${month}-20T01:00:00Z`)
    await call(operator, routes.openCycle, { body: { period: month } })
    await file(early.projectId, 7, otherFiler, month)
  }
  await note({ ...bridge, version: 2, stage: 'withdrawn' })
  clock.set('2027-12-11T08:00:00Z')
  await sql`update units set name = '改名局'`.execute(db)

  const { body } = await call(filer, verifyBulletin, { params })
  t.match(body, { isSame: true, isChainIntact: true })
  t.same(
    body.parts.map(({ part, isSame }: { part: string; isSame: boolean }) => [part, isSame]),
    [
      ['content', true],
      ['html', true],
      ['markdown', true],
    ],
  )
  for (const format of ['html', 'markdown', 'json'] as const) t.equal(await document(format), files[format], format)
  const now = (await call(filer, getBulletin, { params })).body
  t.same({ ...now, errata: [] }, issued, 'it says what it said')
  t.match(now.errata, [{ number: 1, kind: 'correction', projectName: '人民路', reason: '口径有误' }])
  const december = (await call(filer, getBulletin, { params: { period: '2026-12' } })).body
  t.match(december.content.issue.head, { number: 2, previousSha256: issued.sha256 })
  t.equal(december.content.issue.grades.rule.version, 2)
  t.notSame(december.content.issue.overall, issued.content.issue?.overall)
})

t.test('what its own text had wrong is an erratum too', async (t) => {
  const add = (body: object, actor = supervisor) => call(actor, routes.addErratum, { params, body })
  const text = { before: '二要加快入统', after: '二要加快入库入统', reason: '漏字' }
  const { status, body } = await add(text)
  t.equal(status, 201)
  t.match(body.errata[1], {
    number: 2,
    kind: 'text',
    projectId: null,
    reason: '漏字',
    changes: [{ field: 'text', before: '二要加快入统', after: '二要加快入库入统' }],
  })
  t.same({ ...body, errata: [] }, issued)
  t.equal(await document('html'), files.html)
  t.match(await events('bulletin.corrected.v1'), [{ number: 1 }, { number: 2 }])
  const refused = async (fields: object, actor = supervisor) =>
    refusal(actor, routes.addErratum, { params, body: { ...text, ...fields } })
  t.same(await refused({ before: '没有这句话' }), ['passage-not-found', 'before'])
  t.same(await refused({ after: text.before }), ['validation-failed', 'after'])
  t.same(await refused({ reason: '' }), ['validation-failed', 'reason'])
  t.equal((await refused({}, operator))[0], 'role-not-allowed')
  const [one, two] = await Promise.all([add(text), add({ ...text, reason: '再次' })])
  const numbers = [one, two].map(({ body: { errata } }) => errata.length)
  t.same(numbers.sort(), [3, 4], 'two at once are two numbers')
})

t.test('whoever changes what is kept is found out', async (t) => {
  const change = (content: string) =>
    sql`update bulletins set content = ${content} where period = ${PERIOD}`.execute(db)
  await change(files.json.replaceAll('人民路', '人民 路'))
  const changed = (await call(filer, verifyBulletin, { params })).body
  t.match(changed, { isSame: false, parts: [{ part: 'content', isSame: false }, { isSame: false }, { isSame: false }] })
  await change(JSON.stringify(JSON.parse(files.json), null, 1))
  t.match((await call(filer, verifyBulletin, { params })).body, { isSame: true }, 'the same data in another spelling')
  const forged = files.json.replaceAll('王五', '赵六')
  await sql`update bulletins set content = ${forged}, sha256 = ${hash(forged)} where period = ${PERIOD}`.execute(db)
  const december = (await call(filer, verifyBulletin, { params: { period: '2026-12' } })).body
  t.match(december, { isSame: false, isChainIntact: false }, 'a forged hash breaks the chain of the next one')
  await sql`update bulletins set content = ${files.json}, sha256 = ${issued.sha256} where period = ${PERIOD}`.execute(
    db,
  )
  t.match((await call(filer, verifyBulletin, { params: { period: '2026-12' } })).body, { isSame: true })
})

t.test('bulletins are listed by month with their errata; an older one has its data alone', async (t) => {
  await sql`
    insert into cycles select gen_random_uuid(), '2025-12', opened_at, due_at, lock_at, holiday_policy,
      is_calendar_provisional, is_simulated, rule_version from cycles where period = ${PERIOD}`.execute(db)
  const { issue: _, ...totals } = issued.content
  const old = JSON.stringify(totals)
  await sql`
    insert into bulletins (period, number, title, published_at, sha256, content, edition, is_simulated)
    values ('2025-12', 12, '旧通报', now(), ${hash(old)}, ${old}, 0, false)`.execute(db)
  const { body } = await call(filer, routes.listBulletins, { query: { year: '2026' } })
  t.match(body.items, [
    { period: '2026-12', number: 2, errataCount: 0, hasDocument: true },
    { period: '2026-11', number: 1, errataCount: 4 },
  ])
  const page = (await call(filer, routes.listBulletins, { query: { limit: '2' } })).body
  const next = (await call(filer, routes.listBulletins, { query: { limit: '2', cursor: page.nextCursor } })).body
  t.match(next.items, [{ period: '2025-12', hasDocument: false }])
  t.equal(next.items.length, 1)
  const older = { period: '2025-12' }
  t.match((await call(filer, verifyBulletin, { params: older })).body, { edition: 0, isSame: true })
  t.same(await refusal(filer, getBulletinDocument, { params: older, query: { format: 'html' } }), [
    'not-found',
    'format',
  ])
  t.equal(await document('json', '2025-12'), old)
})
