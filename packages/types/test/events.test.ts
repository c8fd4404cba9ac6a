import t from 'tap'
import Schema from 'typebox/schema'
import { type EventName, events } from '../src/index.ts'

const ID = '01932f5e-0000-7000-8000-000000000001'
const AT = '2026-12-07T10:00:00Z'
const report = { obligationId: ID, projectId: ID, unitId: null, period: '2026-11', dueAt: AT, revision: 1 }

const project = {
  projectId: ID,
  version: 1,
  name: '九渡水库',
  regionCode: '410800',
  regionName: '焦作市',
  category: '水利',
  tiers: ['city'],
  stage: 'building',
  assessmentClass: 'assessed',
  totalInvestmentYuan: null,
  responsibleUnitId: ID,
  responsibleUnitName: '水利局',
  filerId: null,
  leaderId: null,
}

const difficulty = {
  difficultyId: ID,
  projectId: ID,
  unitInChargeId: ID,
  category: 'approval',
  coordinationLevel: 2,
  dueOn: '2026-12-20',
}

// One of each as it lies in an outbox: what was stored under a name must stay readable under it.
const stored: Record<EventName, Record<string, unknown>> = {
  'project.changed.v1': project,
  'projects.loaded.v1': { projects: [project] },
  'project.moved.v1': { projectId: ID, from: 'building', to: 'completed', movedOn: '2026-11-20' },
  'baseline.recorded.v1': {
    projectId: ID,
    number: 2,
    document: '焦发改投资〔2026〕12号',
    approvedOn: '2026-11-20',
    totalInvestmentYuan: 1,
  },
  'steps.slipped.v1': {
    projectId: ID,
    steps: [{ stepId: ID, kind: 'procedure', name: '节能审查', dueOn: '2026-11-19', unitId: null, personId: null }],
  },
  'step.settled.v1': { projectId: ID, stepId: ID, settledAt: AT },
  'unit.changed.v1': {
    unitId: ID,
    version: 1,
    name: '水利局',
    kind: 'department',
    regionCode: '410800',
    parentId: null,
    peerGroup: '部门组',
  },
  'person.changed.v1': { personId: ID, version: 1 },
  'cycle.opened.v1': {
    cycleId: ID,
    period: '2026-11',
    openedAt: AT,
    dueAt: AT,
    lockAt: AT,
    obligationCount: 0,
    workdays: ['2026-12-07'],
  },
  'obligations.issued.v1': {
    cycleId: ID,
    period: '2026-11',
    obligations: [{ obligationId: ID, projectId: ID, unitId: null, dueAt: AT }],
  },
  'obligation.changed.v1': {
    obligationId: ID,
    projectId: ID,
    unitId: null,
    period: '2026-11',
    what: 'extended',
    changedAt: AT,
    revision: 1,
    dueAt: AT,
    lockAt: AT,
    isExcused: false,
  },
  'report.submitted.v1': { ...report, submittedAt: AT, isLate: false },
  'report.returned.v1': { ...report, returnedAt: AT, reasons: [] },
  'report.passed.v1': { ...report, passedAt: AT, level: 'county', awaits: 'city' },
  'report.approved.v1': { ...report, approvedAt: AT, completedYuan: -1, yearToDateYuan: 0 },
  'report.corrected.v1': { ...report, number: 1, correctedAt: AT, beforeYuan: 3, afterYuan: -2 },
  'difficulty.registered.v1': { ...difficulty, period: '2026-11', registeredAt: AT },
  'difficulty.resolved.v1': { ...difficulty, resolvedAt: AT },
  'difficulty.slipped.v1': difficulty,
  'difficulty.rescheduled.v1': { ...difficulty, rescheduledAt: AT },
  'lights.changed.v1': {
    period: '2026-11',
    changedAt: AT,
    projects: [
      { projectId: ID, revision: 1, light: 'red', reasons: [{ code: 'start-missed', zh: '未开工', en: 'Late' }] },
    ],
  },
  'bulletin.published.v1': { period: '2026-11', number: 1, title: '通报', publishedAt: AT, isSimulated: true },
  'rollups.diverged.v1': { reconciliationId: ID, reconciledOn: '2026-11-20', differenceCount: 2 },
  'bulletin.corrected.v1': { period: '2026-11', number: 1, correctedAt: AT },
}

t.test('a project is known without the dates that older events do not say', async (t) => {
  const compiled = Schema.Compile(events['project.changed.v1'].payload)
  const dates = { plannedStartOn: null, actualStartOn: '2026-03-01', actualCompletionOn: null }
  t.ok(compiled.Check({ ...project, ...dates, plannedCompletionOn: '2027-12-31' }))
  t.ok(compiled.Check({ ...project, ...dates, statisticalEntryOn: '2026-06-30' }))
  t.ok(compiled.Check({ ...project, ...dates }), 'one by one')
  t.notOk(compiled.Check({ ...project, ...dates, actualStartOn: 20_260_301 }), 'a date is a date')
})

for (const { name, payload } of Object.values(events)) {
  t.test(`${name} is read whole or not at all`, (t) => {
    const compiled = Schema.Compile(payload)
    const event = stored[name]
    t.ok(compiled.Check(event), 'as it was stored')
    for (const field of Object.keys(event)) {
      const without = Object.fromEntries(Object.entries(event).filter(([other]) => other !== field))
      t.notOk(compiled.Check(without), `without ${field}`)
      t.notOk(compiled.Check({ ...event, [field]: { not: 'this' } }), `${field} of another type`)
    }
    t.notOk(compiled.Check({ ...event, email: 'a@b.cn' }), 'an unknown field')
    t.end()
  })
}
