import { MAX_YUAN, PARTICIPANT_ROLES, type ParticipantRole } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { toWan, toYuan } from '../../src/domain/amounts.ts'
import { defaultTier } from '../../src/domain/default-tier.ts'
import { toNearName } from '../../src/domain/near-name.ts'
import { assessParticipant, readParticipants, toParticipantsText } from '../../src/domain/participants.ts'
import { decideChange, decideRegistration } from '../../src/domain/project-change.ts'
import { toLayout, toProject } from '../../src/domain/project-row.ts'
import { newProject } from '../fixtures/service.ts'

const NOW = new Date('2026-11-20T01:00:00Z')

t.test('amounts become whole yuan without a rounding error, in the unit of their column', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_YUAN }), (yuan) => {
      const inUnit = (digits: number) => {
        const text = String(yuan).padStart(digits + 1, '0')
        return `${text.slice(0, text.length - digits)}.${text.slice(text.length - digits)}`
      }
      return (
        toYuan(toWan(yuan), '万元') === yuan &&
        toYuan(inUnit(8), '亿元') === yuan &&
        toYuan(inUnit(4), '万元') === yuan &&
        toYuan(String(yuan), '元') === yuan
      )
    }),
  )
  t.equal(toYuan('20.5', '亿元'), 2_050_000_000)
  t.equal(toYuan('20.5', '万元'), 205_000)
  t.equal(toYuan('7.00', '元'), 7)
  for (const text of ['0', '-1', '1,000', '1e3', '0.000000001', '100000', '１', ' 1', '1.', '.5', '约3']) {
    t.equal(toYuan(text, '亿元'), undefined, text)
  }
  t.equal(toYuan('1.5', '元'), undefined)
  t.equal(toYuan('0.00001', '万元'), undefined)
  t.end()
})

t.test('a list without tiers is of the tier of the region that made it', (t) => {
  t.equal(defaultTier('410000'), 'province')
  t.equal(defaultTier('410800'), 'city')
  t.equal(defaultTier('410802'), 'county')
  t.equal(defaultTier('410871'), 'county')
  t.end()
})

const good = {
  name: '九渡水库',
  region_code: '410800',
  region_name: '焦作市',
  category: '水利',
  stage: '在建',
  total_investment_yi: '12.34',
  note: '',
}

const read = (row: Record<string, string>, number: number) => toProject(row, number, toLayout(Object.keys(good)))

t.test('a row is a project or names every cell that is wrong', (t) => {
  t.match(read({ ...good, note: '' }, 2), {
    project: { name: '九渡水库', stage: 'building', totalInvestmentYuan: 1_234_000_000, note: null },
  })
  t.match(read({ ...good, total_investment_yi: '' }, 2), { project: { totalInvestmentYuan: null } })
  const cases: [Record<string, string>, string[]][] = [
    [{ name: ' ' }, ['name']],
    [{ name: '九渡\u200b水库' }, ['name']],
    [{ name: '长'.repeat(201) }, ['name']],
    [{ region_code: '4108' }, ['region_code']],
    [{ stage: '进行中' }, ['stage']],
    [{ total_investment_yi: '十亿' }, ['total_investment_yi']],
    [{ category: '', stage: '', region_name: '' }, ['region_name', 'category', 'stage']],
    [{ note: '\u202e' }, ['note']],
  ]
  for (const [cells, columns] of cases) {
    const result = read({ ...good, ...cells }, 7)
    const problems = 'problems' in result ? result.problems : []
    t.same(
      problems.map(({ row, column }) => [row, column]),
      columns.map((column) => [7, column]),
    )
  }
  t.end()
})

t.test('whatever a file holds, a row is a project or has problems; nothing throws', (t) => {
  const columns = Object.keys(good)
  const rows = fc.dictionary(fc.constantFrom(...columns), fc.string({ unit: 'binary', maxLength: 300 }))
  fc.assert(
    fc.property(rows, (row) => {
      const result = read(row, 2)
      return 'project' in result || result.problems.length > 0
    }),
  )
  t.end()
})

t.test('headers may stand in any order and in either language; the unit of an amount is in its header', (t) => {
  const chinese = {
    序号: '1',
    '总投资（万元）': '123400',
    项目阶段: '在建',
    类别: '水利',
    所属区域: '焦作市',
    区划代码: '410800',
    项目名称: '九渡水库',
    项目级别: '省、市',
    计划开工时间: '2026年3月1日',
  }
  const layout = toLayout(Object.keys(chinese))
  t.same([layout.ignored, layout.problems], [['序号'], []])
  t.match(toProject(chinese, 2, layout), {
    project: {
      name: '九渡水库',
      totalInvestmentYuan: 1_234_000_000,
      tiers: ['province', 'city'],
      plannedStartOn: '2026-03-01',
    },
  })
  t.match(toProject({ ...chinese, 计划开工时间: '2026/2/30', 项目级别: '省、国家' }, 9, layout), {
    problems: [
      { row: 9, column: '项目级别', value: '省、国家' },
      { row: 9, column: '计划开工时间', value: '2026/2/30' },
    ],
  })
  t.match(toLayout(['name', '项目名称', 'stage']).problems, [
    { row: 1, column: 'region_code', reason: { en: 'is missing' } },
    { row: 1, column: 'region_name' },
    { row: 1, column: 'category' },
    { row: 1, column: '项目名称', reason: { en: /says the same as another column/ } },
  ])
  t.end()
})

t.test('participants are written into one cell and read from it again', (t) => {
  const text = '施工：中建七局（91350100M000100Y43）；监理: 某监理公司；other：食堂'
  t.same(readParticipants(text), {
    value: [
      { role: 'construction', name: '中建七局', creditCode: '91350100M000100Y43' },
      { role: 'supervision', name: '某监理公司', creditCode: null },
      { role: 'other', name: '食堂', creditCode: null },
    ],
  })
  for (const bad of ['中建七局', '施工：', '吃饭：食堂', '施工：中建七局（91350100M000100Y44）', '施工：\u200b']) {
    t.match(readParticipants(bad), { reason: { zh: /./, en: /./ } }, bad)
  }
  const participant = fc.record({
    role: fc.constantFrom(...(Object.keys(PARTICIPANT_ROLES) as ParticipantRole[])),
    name: fc.stringMatching(/^[^\p{C}\p{Z}；;]{1,100}$/u),
    creditCode: fc.constantFrom(null, '91350100M000100Y43'),
  })
  fc.assert(
    fc.property(fc.array(participant, { maxLength: 5 }), (participants) => {
      fc.pre(participants.every((one) => assessParticipant(one) === undefined))
      t.same(readParticipants(toParticipantsText(participants)), { value: participants })
    }),
  )
  t.end()
})

t.test('names that differ in width, spaces, punctuation or ending are near', (t) => {
  for (const name of ['九渡水库', '九渡 水库工程', '“九渡”水库项目', '九渡水库建设工程']) {
    t.equal(toNearName(name), '九渡水库', name)
  }
  t.not(toNearName('九渡水库二期'), '九渡水库')
  t.equal(toNearName('ＡＢ（一期）'), toNearName('ab(一期)'))
  t.end()
})

t.test('a change counts one version on, and one that changes nothing is none', (t) => {
  const { project, changes } = decideRegistration('id', newProject('九渡水库') as never, NOW)
  t.match(project, { version: 1, tiers: ['county'], assessmentClass: 'assessed', totalInvestmentYuan: null })
  t.match(changes, [{ field: 'name', from: '', to: '九渡水库' }])
  const later = new Date('2026-11-21T01:00:00Z')
  t.match(decideChange(project, { place: '岸上乡' }, later), {
    project: { version: 2, place: '岸上乡', createdAt: project.createdAt, updatedAt: later.toISOString() },
    changes: [{ field: 'place', from: null, to: '岸上乡' }],
  })
  t.equal(decideChange(project, { category: '先进制造', tiers: ['county'] }, later), undefined)
  t.end()
})
