import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { BulletinContent, BulletinEntry, GradeRule, ProgressGrade, Tier } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { classOf, toClasses } from '../../src/domain/bulletin/classes.ts'
import { firstDraft, listMissing, toTitle } from '../../src/domain/bulletin/draft.ts'
import { inDay, inMonths, inPercent, inPoints, inWan, inYi } from '../../src/domain/bulletin/edition1/figures.ts'
import type { BulletinFact } from '../../src/domain/bulletin/facts.ts'
import { toFiling } from '../../src/domain/bulletin/filing.ts'
import { gradeOf, toGrades } from '../../src/domain/bulletin/grades.ts'
import { render } from '../../src/domain/bulletin/render.ts'
import { toSums } from '../../src/domain/bulletin/slices.ts'
import { sealedContent } from '../fixtures/sealed-content.ts'

const PERIOD = '2026-06'
const WAN = 10_000
const RULE: GradeRule = {
  fromPeriod: '2000-01',
  slowBehindPoints: 10,
  version: 1,
  at: '2000-01-01T00:00:00.000Z',
  actorId: null,
  actorName: '系统',
  reason: '出厂默认',
}

const factOf = (fields: Partial<BulletinFact> = {}): BulletinFact => ({
  projectId: 'p',
  projectName: '路',
  unitId: 'u',
  unitName: '交通局',
  regionCode: '410802',
  regionName: '解放区',
  category: '交通',
  tiers: ['city'],
  isAssessed: true,
  stage: 'building',
  totalInvestmentYuan: 0,
  plannedYuan: 120 * WAN,
  scheduledTwelfths: 120 * WAN * 6,
  monthYuan: 0,
  yearYuan: 60 * WAN,
  plannedStartOn: null,
  actualStartOn: '2025-03-01',
  plannedCompletionOn: null,
  actualCompletionOn: null,
  isExpected: true,
  wasFiled: true,
  isOnTime: true,
  visualProgress: null,
  ...fields,
})

t.test('progress is graded by what is done, and by how far it is behind', async (t) => {
  const grade = (yearWan: number, fields: Partial<BulletinFact> = {}) =>
    gradeOf(factOf({ yearYuan: yearWan * WAN, ...fields }), RULE, PERIOD)
  t.equal(grade(120), 'completed')
  t.equal(grade(119), 'smooth')
  t.equal(grade(48), 'smooth', 'exactly 10 points behind')
  t.equal(grade(47.9999), 'slow', 'a yuan more is slow')
  t.equal(grade(0), 'none')
  t.equal(grade(0, { scheduledTwelfths: 0 }), 'smooth', 'nothing was scheduled yet')
  t.equal(grade(-3), 'none')
  t.equal(grade(0, { plannedYuan: 0 }), null)
  t.equal(grade(0, { actualCompletionOn: '2026-06-30' }), 'completed')
  t.equal(grade(0, { actualCompletionOn: '2026-07-01' }), 'none', 'that is to come')
})

t.test('a project is in the class of its dates', async (t) => {
  const of = (fields: Partial<BulletinFact>) => classOf(factOf({ actualStartOn: null, ...fields }), PERIOD)
  t.equal(of({ stage: 'preliminary', plannedStartOn: '2026-12-31' }), 'starting')
  t.equal(of({ stage: 'building', actualStartOn: '2026-01-01' }), 'starting')
  t.equal(of({ stage: 'building', actualStartOn: '2025-12-31', plannedStartOn: '2026-02-01' }), 'continuing')
  t.equal(of({ stage: 'building', plannedCompletionOn: '2026-12-31' }), 'completing')
  t.equal(of({ stage: 'completed', actualCompletionOn: '2026-05-31' }), 'completing')
  t.equal(of({ stage: 'producing', actualCompletionOn: '2025-05-31' }), 'finished')
  t.equal(of({ stage: 'preliminary' }), 'preparing')
  t.equal(of({ stage: 'planning', plannedStartOn: '2027-03-01' }), 'preparing')
})

t.test('what was due and not started is told by name, what started early too', async (t) => {
  const facts = [
    factOf({ projectId: 'a', actualStartOn: null, stage: 'preliminary', plannedStartOn: '2026-06-30' }),
    factOf({ projectId: 'b', actualStartOn: '2026-05-02', plannedStartOn: '2026-05-01' }),
    factOf({ projectId: 'c', actualStartOn: '2026-05-02', plannedStartOn: '2026-07-01' }),
    factOf({ projectId: 'd', actualStartOn: '2026-05-02', plannedStartOn: '2027-07-01' }),
    factOf({ projectId: 'e', actualStartOn: null, stage: 'preliminary', plannedStartOn: '2026-07-01' }),
  ]
  const { starts } = toClasses(facts, PERIOD)
  t.match(starts, { yearDue: 4, due: 2, done: 1, donePercent: 50 })
  t.same(
    starts.notDone.map(({ projectId }) => projectId),
    ['a'],
  )
  t.same(
    starts.early.map(({ projectId }) => projectId),
    ['c', 'd'],
  )
})

t.test('filing counts in time, late and missing, and names the units that owe', async (t) => {
  const filing = toFiling(
    [
      factOf({ projectId: 'a' }),
      factOf({ projectId: 'b', isOnTime: false }),
      factOf({ projectId: 'c', isOnTime: false, wasFiled: false, projectName: '桥', unitId: 'v', unitName: '水利局' }),
      factOf({ projectId: 'd', isExpected: false, isOnTime: false, wasFiled: false }),
    ],
    2,
  )
  t.match(filing, {
    expected: 3,
    onTime: 1,
    late: 1,
    missing: 1,
    onTimePercent: 33.33,
    filedPercent: 66.67,
    returned: 2,
  })
  t.same(filing.units, [
    { unitName: '水利局', expected: 1, onTime: 0, late: 0, missing: 1, missingProjects: ['桥'] },
    { unitName: '交通局', expected: 2, onTime: 1, late: 1, missing: 0, missingProjects: [] },
  ])
})

t.test('a draft begins with the head of the bulletin before, never with its words of that month', async (t) => {
  const { head } = sealedContent.issue
  t.match(firstDraft(head), { organ: head.organ, issuer: head.issuer, nextSteps: '', title: null })
  t.equal('number' in firstDraft(head), false)
  t.same(listMissing(firstDraft(undefined)), ['editor', 'reviewer', 'issuer', 'nextSteps'])
  const entry: BulletinEntry = {
    ...firstDraft(undefined),
    editor: '甲',
    reviewer: '乙',
    issuer: '丙',
    nextSteps: ' \n',
  }
  t.same(listMissing(entry), ['nextSteps'], 'blank is missing')
  t.equal(toTitle('2026-01'), '关于2026年1月重点项目建设进展情况的通报')
  t.equal(toTitle('2026-11'), '关于2026年1—11月重点项目建设进展情况的通报')
})

t.test('figures read as the field writes them', async (t) => {
  t.same(
    [inYi(123_456_789), inYi(0), inYi(-5_000_000), inYi(4_999_999)],
    ['1.23亿元', '0.00亿元', '-0.05亿元', '0.05亿元'],
  )
  t.same([inWan(15_000), inWan(4_999), inWan(-15_000), inWan(-1)], ['2', '0', '-2', '0'])
  t.same([inPercent(131.1), inPercent(null), inPercent(0.07)], ['131.10%', '—', '0.07%'])
  t.same(
    [inPoints(2.5), inPoints(-0.01), inPoints(0)],
    ['快于时间进度2.50个百分点', '慢于时间进度0.01个百分点', '与时间进度持平'],
  )
  t.same([inDay('2026-01-09'), inMonths('2026-01'), inMonths('2026-12')], ['2026年1月9日', '1月', '1—12月'])
})

const day = fc
  .integer({ min: 0, max: 1_400 })
  .map((days) => new Date(Date.UTC(2024, 6, 1 + days)).toISOString().slice(0, 10))
const fact = fc
  .record({
    unitId: fc.constantFrom('u', 'v', null),
    regionCode: fc.constantFrom('410802', '410803'),
    category: fc.constantFrom('交通', '水利'),
    tiers: fc.subarray<Tier>(['province', 'city', 'county']),
    stage: fc.constantFrom('planning' as const, 'preliminary' as const, 'building' as const, 'completed' as const),
    plannedYuan: fc.nat({ max: 9 }),
    scheduledTwelfths: fc.nat({ max: 108 }),
    yearYuan: fc.integer({ min: -2, max: 12 }),
    plannedStartOn: fc.option(day),
    actualStartOn: fc.option(day),
    plannedCompletionOn: fc.option(day),
    actualCompletionOn: fc.option(day),
    isExpected: fc.boolean(),
    wasFiled: fc.boolean(),
    inTime: fc.boolean(),
  })
  .map(({ inTime, ...fields }) => factOf({ ...fields, isOnTime: fields.wasFiled && inTime }))
const facts = fc
  .array(fact, { maxLength: 20 })
  .map((all) => all.map((one, at) => ({ ...one, projectId: `p${String(at).padStart(2, '0')}` })))

t.test(
  'whatever the projects: grades, classes and sums count each once, and nothing hangs on their order',
  async (t) => {
    fc.assert(
      fc.property(facts, (all) => {
        const grades = toGrades(all, RULE, PERIOD)
        const { completed, smooth, slow, none } = grades.counts
        assert.equal(completed + smooth + slow + none + grades.ungraded, all.length)
        assert.deepEqual([grades.slow.length, grades.none.length], [slow, none])
        for (const row of grades.none) assert.ok(row.completedYuan <= 0)

        const classes = toClasses(all, PERIOD)
        const finished = all.filter((one) => classOf(one, PERIOD) === 'finished').length
        const inClasses = [classes.starting, classes.continuing, classes.completing, classes.preparing]
        assert.equal(
          inClasses.reduce((sum, { projectCount }) => sum + projectCount, finished),
          all.length,
        )
        for (const { yearDue, due, done, notDone } of [classes.starts, classes.completions]) {
          assert.ok(due <= yearDue)
          assert.equal(done + notDone.length, due)
        }

        const sums = toSums(all)
        for (const slices of [sums.byRegion, sums.byCategory, sums.byUnit])
          for (const figure of ['projectCount', 'plannedYuan', 'completedYuan'] as const)
            assert.equal(
              slices.reduce((sum, slice) => sum + slice[figure], 0),
              sums.overall[figure],
            )
        const turned = [...all].reverse()
        assert.deepEqual(toGrades(turned, RULE, PERIOD), grades)
        assert.deepEqual(toSums(turned), sums)
        assert.deepEqual(toFiling(turned, 0).units, toFiling(all, 0).units)
      }),
      { numRuns: 400 },
    )
    t.pass()
  },
)

t.test('a better year never makes a worse grade', async (t) => {
  const order: (ProgressGrade | null)[] = ['none', 'slow', 'smooth', 'completed']
  fc.assert(
    fc.property(fact, fc.nat({ max: 20 }), (one, more) => {
      const before = order.indexOf(gradeOf(one, RULE, PERIOD))
      return order.indexOf(gradeOf({ ...one, yearYuan: one.yearYuan + more }, RULE, PERIOD)) >= before
    }),
    { numRuns: 1_000 },
  )
  t.pass()
})

const EDITION_1 = [
  '4cbcb01c47db26f6e33a76fdff678b8182d531b94e09cb0549be0472961220ab',
  'fe8c136284d1b3ba66a4018b787d41b055e435e86f8dde17bf9f01486ca28d63',
]
const hash = (text: string | undefined) =>
  createHash('sha256')
    .update(text ?? '')
    .digest('hex')

t.test('edition 1 comes out to the byte as it did when it was made', async (t) => {
  const documents = render(sealedContent, 1)
  // Red here means that bulletins which were issued read otherwise now. Whoever wants another text makes another edition.
  t.same([hash(documents?.html), hash(documents?.markdown)], EDITION_1)
  t.same(
    render(JSON.parse(JSON.stringify(sealedContent)), 1),
    documents,
    'out of what is kept, as out of what was made',
  )
  t.equal(render({ ...sealedContent, issue: undefined } as unknown as BulletinContent, 1), undefined)
  t.equal(render(sealedContent, 99), undefined)
})

t.test('what people write cannot become markup', async (t) => {
  const { issue } = sealedContent
  const nasty = '<script>alert(1)</script> & "a" | b'
  const content = { ...sealedContent, issue: { ...issue, head: { ...issue.head, nextSteps: nasty, organ: nasty } } }
  const documents = render(content, 1, true)
  t.notMatch(documents?.html, /<script/)
  t.match(documents?.html, '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;a&quot; | b')
  t.match(documents?.markdown, '\\<script\\>alert(1)')
  t.match(documents?.html, '草稿，未签发')
  t.notMatch(render(sealedContent, 1)?.html, '草稿')
})

t.test('every part that a bulletin must have is in it', async (t) => {
  const html = render(sealedContent, 1)?.html ?? ''
  for (const part of [
    '2026年第11期',
    sealedContent.issue.head.title,
    '一、总体情况',
    '（一）新开工项目',
    '应开工未开工项目',
    '提前开工项目',
    '（二）续建项目',
    '（三）竣工项目',
    '（四）预备项目',
    '三、排名情况',
    '排名办法第1版',
    '红榜',
    '黑榜',
    '四、项目进展评价',
    '进展缓慢项目',
    '无进展项目',
    '五、困难和问题',
    '六、报送质量',
    '逾期单位',
    '七、下步工作',
    '附件1',
    '按级别',
    '按行业',
    '按责任单位',
    '资金到位情况',
    '年度目标完成情况',
    '报：',
    '送：',
    '编辑：',
    '审核：',
    '签发：',
    'margin: 37mm 26mm 35mm 28mm',
  ])
    t.ok(html.includes(part), part)
})
