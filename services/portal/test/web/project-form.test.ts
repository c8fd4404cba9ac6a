import type { Project } from '@tiaodu/types'
import t from 'tap'
import { rebaseForm } from '../../web/src/format/rebase-form.ts'
import { toFields, toPatch } from '../../web/src/pages/projects/form/project-fields.ts'
import { toForm } from '../../web/src/pages/projects/form/project-form.ts'

const project: Project = {
  id: '01900000-0000-7000-8000-000000000001',
  name: '九渡水库',
  regionCode: '410800',
  regionName: '焦作市',
  category: '水利',
  stage: 'building',
  tiers: ['city', 'county'],
  assessmentClass: 'assessed',
  projectCode: null,
  localCodes: ['JZ-1', 'JZ 2'],
  yearRoles: [{ year: 2026, role: 'continuing' }],
  constructionType: null,
  industryCode: 'N7610',
  place: '岸上乡',
  scale: null,
  ownerName: null,
  ownerCreditCode: null,
  totalInvestmentYuan: 10_000_001,
  // As PostgreSQL gives it back: not in the order in which it was typed.
  fundingPlan: [{ yuan: 10_000_001, source: 'ownFunds' } as Project['fundingPlan'][number]],
  plannedStartOn: '2026-01-01',
  actualStartOn: null,
  plannedCompletionOn: null,
  actualCompletionOn: null,
  approvals: [{ kind: '可行性研究报告批复', number: '焦发改〔2026〕1号', issuedOn: '2026-01-02' }],
  statisticalEntryOn: null,
  parentId: null,
  responsibleUnitId: null,
  responsibleUnitName: null,
  filerId: null,
  leaderId: null,
  leaders: [{ personId: '01900000-0000-7000-8000-000000000002', level: 'city', kind: 'linked' }],
  participants: [{ role: 'design', name: '设计院', creditCode: null }],
  source: null,
  section: null,
  note: null,
  version: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}

t.test('a form that nobody has typed into changes nothing, to the last yuan', (t) => {
  const { fields, faults } = toFields(toForm(project))
  t.same(faults, {})
  t.equal(toPatch(project, fields, '白写的原因'), undefined)
  t.end()
})

t.test('only what was typed is sent, with the reason', (t) => {
  const form = { ...toForm(project), place: '', localCodes: 'JZ-1\n\n  JZ-3 ', totalWan: '2000.5' }
  t.same(toPatch(project, toFields(form).fields, ' 规模调整 '), {
    place: null,
    localCodes: ['JZ-1', 'JZ-3'],
    totalInvestmentYuan: 20_005_000,
    reason: '规模调整',
  })
  t.end()
})

t.test('what cannot be sent is named by its path', (t) => {
  const form = {
    ...toForm(project),
    name: ' ',
    tiers: [],
    totalWan: '一百',
    fundingPlan: [
      { source: 'ownFunds', wan: '1' },
      { source: 'bankLoan', wan: '' },
    ],
    yearRoles: [{ year: '26', role: 'starting' }],
    approvals: [{ kind: '', number: '1号', issuedOn: '' }],
    leaders: [{ personId: '', level: 'city', kind: 'linked' }],
    participants: [{ role: 'design', name: '', creditCode: '' }],
  }
  t.same(toFields(form).faults, {
    name: 'needed',
    tiers: 'needed',
    totalInvestmentYuan: 'notAnAmount',
    'fundingPlan.1.yuan': 'notAnAmount',
    'yearRoles.0.year': 'notAYear',
    'approvals.0.issuedOn': 'needed',
    'approvals.0.kind': 'needed',
    'leaders.0.personId': 'notChosen',
    'participants.0.name': 'needed',
  })
  t.end()
})

t.test('what others saved in between is taken, what was typed is kept, what both changed is named', (t) => {
  const before = toForm(project)
  const typed = { ...before, place: '修武县', category: '水利水电', note: '两人写的一样' }
  const saved = toForm({ ...project, category: '水库', scale: '库容 1 亿方', note: '两人写的一样' })
  const { form, conflicts } = rebaseForm(typed, before, saved)
  t.same(form, { ...saved, place: '修武县', category: '水利水电' })
  t.same(conflicts, ['category'])
  t.same(rebaseForm(before, before, saved), { form: saved, conflicts: [] })
  t.end()
})
