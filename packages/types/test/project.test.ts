import t from 'tap'
import Schema from 'typebox/schema'
import { NewProject, NewStageMove, ProjectPatch } from '../src/index.ts'

const ID = '01932f5e-0000-7000-8000-000000000001'
const project = { name: '九渡水库', regionCode: '410800', regionName: '焦作市', category: '水利', stage: 'building' }
const move = { to: 'completed', movedOn: '2026-11-20' }

for (const [rule, schema, good] of [
  ['a new project needs name, region, category and stage', NewProject, project],
  ['a stage move needs a stage and a date', NewStageMove, move],
] as const) {
  t.test(rule, (t) => {
    const compiled = Schema.Compile(schema)
    t.ok(compiled.Check(good))
    for (const field of Object.keys(good)) {
      const without = Object.fromEntries(Object.entries(good).filter(([name]) => name !== field))
      t.notOk(compiled.Check(without), `without ${field}`)
    }
    t.notOk(compiled.Check({ ...good, colour: 'red' }), 'an unknown field')
    t.end()
  })
}

t.test('each field of a project takes what the field knows and refuses the rest', (t) => {
  const compiled = Schema.Compile(ProjectPatch)
  const cases: Record<string, { good: unknown[]; bad: unknown[] }> = {
    tiers: { good: [['province', 'city']], bad: [[], ['city', 'city'], ['nation'], 'city', null] },
    totalInvestmentYuan: { good: [null, 1, 9_999_999_999_999], bad: [0, -1, 1.5, '1', 10_000_000_000_000] },
    industryCode: { good: [null, 'E', 'E48', 'E4813'], bad: ['U48', 'e48', 'E4', 'E48135', ''] },
    ownerCreditCode: { good: [null, '91410800MA44ABCD0X'], bad: ['91410800MA44ABCD0', '91410800MA44ABCDOX', ''] },
    fundingPlan: {
      good: [[], [{ source: 'bankLoan', yuan: 1 }]],
      bad: [[{ source: 'bankLoan', yuan: 0 }], [{ source: 'loot', yuan: 1 }], [{ source: 'bankLoan' }], null],
    },
    participants: {
      good: [[], [{ role: 'design', name: '某设计院', creditCode: null }]],
      bad: [[{ role: 'design', name: '某设计院' }], [{ role: 'cook', name: '某食堂', creditCode: null }], null],
    },
    leaders: {
      good: [[], [{ personId: ID, level: 'city', kind: 'linked' }]],
      bad: [[{ personId: ID, level: 'village', kind: 'linked' }], [{ personId: ID, level: 'city' }], null],
    },
    yearRoles: {
      good: [[], [{ year: 2026, role: 'starting' }]],
      bad: [[{ year: 1999, role: 'starting' }], [{ year: 2026 }]],
    },
    plannedStartOn: { good: [null, '2026-03-01'], bad: ['2026-02-30', '2026-03', '', 0] },
    responsibleUnitId: { good: [null, ID], bad: ['', ID.toUpperCase(), 1] },
    scale: { good: [null, '', '一期\n二期'], bad: ['\u202e', 'a'.repeat(2_001)] },
  }
  for (const [field, { good, bad }] of Object.entries(cases)) {
    for (const value of good) t.ok(compiled.Check({ [field]: value }), `${field} takes ${JSON.stringify(value)}`)
    for (const value of bad) {
      t.notOk(compiled.Check({ [field]: value }), `${field} refuses ${JSON.stringify(value)}`.slice(0, 80))
    }
  }
  t.end()
})

t.test('a change changes something, and never the stage, the id or the version', (t) => {
  const compiled = Schema.Compile(ProjectPatch)
  t.ok(compiled.Check({ name: '九渡水库' }))
  for (const body of [{}, { stage: 'completed' }, { id: ID }, { version: 2 }]) {
    t.notOk(compiled.Check(body), JSON.stringify(body))
  }
  t.end()
})
