import { type PlanStepPatch, STEP_KIND_CODES, type StepStatus, type StepTemplate } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import {
  assessStepChange,
  decideOwnStep,
  decidePlan,
  decideStepChange,
  isSettled,
  type StoredStep,
  statusOf,
  toPlanStep,
} from '../../src/domain/push-plan.ts'

const TODAY = '2026-11-20'
const { step: base } = decideOwnStep('p', 's', { kind: 'procedure', name: '节能审查' }, [])
const stepWith = (fields: Partial<StoredStep>): StoredStep => ({ ...base, ...fields })

t.test('what is said of a step follows from its days', (t) => {
  const rows: [Partial<StoredStep>, StepStatus, number][] = [
    [{}, 'unplanned', 0],
    [{ dueOn: '2026-11-19' }, 'slipped', 1],
    [{ dueOn: '2026-11-20' }, 'dueSoon', 0],
    [{ dueOn: '2026-12-04' }, 'dueSoon', 0],
    [{ dueOn: '2026-12-05' }, 'open', 0],
    [{ dueOn: '2026-11-10', doneOn: '2026-11-10' }, 'done', 0],
    [{ dueOn: '2026-11-10', doneOn: '2026-11-13' }, 'doneLate', 3],
    [{ doneOn: '2026-11-13' }, 'done', 0],
    [{ dueOn: '2026-11-10', isNeeded: false }, 'notNeeded', 0],
  ]
  for (const [fields, status, slippedDays] of rows) {
    t.match(toPlanStep(stepWith(fields), TODAY), { status, slippedDays }, JSON.stringify(fields))
  }
  t.end()
})

t.test('a plan begins with the templates in use, due days count from its start, and what is there stays', (t) => {
  const template = (code: string, fields: Partial<StepTemplate> = {}): StepTemplate => ({
    ...{ code, kind: 'procedure', name: code, position: 1, days: 30, isActive: true, version: 1 },
    ...fields,
  })
  const templates = [
    template('a'),
    template('b', { isActive: false }),
    template('c', { days: null }),
    template('节能审查'),
  ]
  let ids = 0
  const decide = (startOn: string | undefined) =>
    decidePlan('p', { templates, present: [base], startOn }, () => String(++ids)).map(({ step }) => [
      step.name,
      step.dueOn,
    ])
  t.same(decide('2026-02-01'), [
    ['a', '2026-03-03'],
    ['c', null],
  ])
  t.same(decide(undefined), [
    ['a', null],
    ['c', null],
  ])
  t.end()
})

t.test('what a change lacks is told by name', (t) => {
  const rows: [Partial<StoredStep>, PlanStepPatch, string[]][] = [
    [{}, { doneOn: '2026-11-21', evidence: '1号' }, ['doneOn']],
    [{}, { doneOn: '2026-11-20' }, ['evidence']],
    [{ kind: 'milestone' }, { doneOn: '2026-11-20' }, []],
    [{ evidence: '1号' }, { doneOn: '2026-11-20', progressPercent: 90 }, ['progressPercent']],
    [{}, { dueOn: '2026-12-01' }, []],
    [{ dueOn: '2026-12-01' }, { dueOn: '2026-12-31' }, ['reason']],
    [{ dueOn: '2026-12-01' }, { dueOn: '2026-12-31', reason: '批复延后' }, []],
    [{}, { isNeeded: false }, ['reason']],
    [{ evidence: '1号' }, { doneOn: '2026-11-20', isNeeded: false, reason: '不涉及' }, ['isNeeded']],
  ]
  for (const [fields, patch, expected] of rows) {
    const current = stepWith(fields)
    const { reason: _reason, ...change } = patch
    const decided = decideStepChange(current, change)
    if (decided === undefined) throw new Error('every row changes something')
    const faults = assessStepChange({ step: decided.step, patch }, current, TODAY)
    t.same(
      faults.map(({ field }) => field),
      expected,
      JSON.stringify(patch),
    )
  }
  t.end()
})

t.test('whatever is changed: done is 100, told slips are settled exactly when the step has not slipped', (t) => {
  const day = fc.constantFrom(null, '2026-10-01', '2026-11-19', '2026-11-20', '2027-01-01')
  const patch = fc.record(
    { dueOn: day, doneOn: day, progressPercent: fc.integer({ min: 0, max: 100 }), isNeeded: fc.boolean() },
    { requiredKeys: [] },
  )
  let settled = 0
  fc.assert(
    fc.property(fc.constantFrom(...STEP_KIND_CODES), fc.array(patch, { maxLength: 12 }), (kind, patches) => {
      let step = stepWith({ kind, evidence: '1号', dueOn: '2026-11-01', toldDueOn: '2026-11-01' })
      for (const one of patches) {
        const decided = decideStepChange(step, one)
        if (decided === undefined) continue
        if (assessStepChange({ step: decided.step, patch: { ...one, reason: '依据' } }, step, TODAY).length > 0)
          continue
        step = decided.step
        const status = statusOf(step, TODAY)
        if (step.doneOn !== null && step.progressPercent !== 100) return false
        if (step.doneOn !== null && step.doneOn > TODAY) return false
        if (isSettled(step, TODAY) === (status === 'slipped')) return false
        if (isSettled(step, TODAY)) settled += 1
      }
      return true
    }),
    { numRuns: 1_000 },
  )
  t.ok(settled > 500, `${settled} times settled`)
  t.end()
})
