import { ProblemError, type ReviewerKind, type ReviewLevel } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import type { CheckFacts } from '../../src/domain/checks/check.ts'
import { type Act, EMPTY_ENTRY, type StoredReport, type Terms } from '../../src/domain/report.ts'
import { decideApprove, decideReturn, decideSave, decideSubmit } from '../../src/domain/report-decisions.ts'
import { assertReviewLevels, assertUnopened, gradeOf, toReviewTerms } from '../../src/domain/review-levels.ts'

const KINDS: ReviewerKind[] = ['any', 'unit', 'county', 'city', 'province']
const level = (reviewer: ReviewerKind): ReviewLevel => ({ reviewer, name: `${reviewer}级` })
const PARENT = 'parent'
const termsOf = (
  kinds: readonly ReviewerKind[],
  regionCode = '410802',
  parentUnitId: string | null = PARENT,
): Terms => ({
  ...{ projectId: 'p', period: '2026-11', firstSubmittedAt: null },
  dueAt: new Date('2026-12-07T10:00:00Z'),
  lockAt: new Date('2026-12-31T16:00:00Z'),
  review: toReviewTerms(kinds.map(level), regionCode, parentUnitId),
})
const noFacts: CheckFacts = {
  ...{ period: '2026-11', stage: 'building', actualStartOn: null, actualCompletionOn: null, totalInvestmentYuan: null },
  ...{ sinceStartBeforeYuan: 0, yearBeforeYuan: 0, planShareYuan: null, lastProgress: null, months: [] },
}
const by = (actorId: string, regionCode = '410800', unitId: string | null = null): Act => ({
  ...{ actorId, regionCode, unitId, isSimulated: false, expectedVersion: undefined },
  now: new Date('2026-12-01T00:00:00Z'),
})
const filed = (terms: Terms): StoredReport =>
  decideSubmit(
    terms,
    decideSave(terms, undefined, { ...EMPTY_ENTRY, completedYuan: 1, visualProgress: '施工' }, by('filer')),
    noFacts,
    by('filer'),
  )
const approve = (terms: Terms, report: StoredReport, act: Act) => decideApprove(terms, report, noFacts, act)
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    if (error instanceof ProblemError) return error.code
    throw error
  }
}

t.test('a code tells its grade by the zeros it ends with', async (t) => {
  t.same(['410802', '410871', '410800', '410000', '100000'].map(gradeOf), [
    ...['county', 'county', 'city', 'province', 'nation'],
  ])
})

t.test('a level that a project does not have is skipped, and there is always one', async (t) => {
  const kinds = (...given: Parameters<typeof termsOf>) =>
    termsOf(...given).review.levels.map(({ reviewer }) => reviewer)
  t.same(kinds(['unit', 'county', 'city']), ['unit', 'county', 'city'])
  t.same(kinds(['unit', 'county', 'city'], '410800'), ['unit', 'city'], 'a project of the city has no county')
  t.same(kinds(['unit', 'county', 'city'], '410802', null), ['county', 'city'], 'no unit above the responsible one')
  t.same(kinds(['county'], '410800'), ['any'], 'whoever reaches it, when no level is left')
})

t.test('a filed report waits for one level after the other, and is approved with the last', async (t) => {
  const terms = termsOf(['unit', 'county', 'city'])
  const report = filed(terms)
  t.match(report, { awaits: 'unit', passedBy: [] })
  t.equal(
    codeOf(() => approve(terms, report, by('city'))),
    'other-review-level',
  )
  t.equal(
    codeOf(() => approve(terms, report, by('elsewhere', '410802', 'another unit'))),
    'other-review-level',
  )
  const first = approve(terms, report, by('head office', '410800', PARENT))
  t.match(first, { state: 'submitted', awaits: 'county', approvedAt: null })
  const second = approve(terms, first, by('county', '410802'))
  t.match(second, { state: 'submitted', awaits: 'city' })
  t.match(approve(terms, second, by('city')), {
    ...{ state: 'approved', awaits: null, approvedBy: 'city', passedBy: ['head office', 'county', 'city'] },
  })
})

t.test('each level can return, and then the review begins anew', async (t) => {
  const terms = termsOf(['county', 'city'])
  const passed = approve(terms, filed(terms), by('county', '410802'))
  const reasons = [{ field: 'report' as const, reason: '重填' }]
  t.equal(
    codeOf(() => decideReturn(terms, passed, reasons, by('county', '410802'))),
    'other-review-level',
  )
  const returned = decideReturn(terms, passed, reasons, by('city'))
  t.match(returned, { state: 'returned', awaits: null, passedBy: [] })
  t.match(decideSubmit(terms, returned, noFacts, by('filer')), { awaits: 'county', revision: 2 })
})

t.test('a project that has moved since it was filed waits for the next level that it has', async (t) => {
  const report = approve(termsOf(['unit', 'county', 'city']), filed(termsOf(['unit', 'county', 'city'])), {
    ...by('head office', '410800', PARENT),
  })
  t.match(report, { awaits: 'county' })
  t.match(approve(termsOf(['unit', 'county', 'city'], '410800'), report, by('city')), { state: 'approved' })
})

t.test('a rule names each kind of reviewer once, and counts from a month that is not open', async (t) => {
  t.equal(
    codeOf(() => assertReviewLevels(['county', 'city', 'county'].map((kind) => level(kind as ReviewerKind)))),
    'validation-failed',
  )
  t.equal(
    codeOf(() => assertUnopened('2026-11', '2026-11')),
    'period-opened',
  )
  t.equal(
    codeOf(() => assertUnopened('2026-12', '2026-11')),
    'none',
  )
})

t.test(
  'whoever tries in whatever order: each level decides once, nobody twice, never the filer, and all have decided at the end',
  async () => {
    const people = [
      by('filer', '410802'),
      by('parent', '410800', PARENT),
      by('county 1', '410802'),
      by('county 2', '410802'),
      by('city 1', '410800', PARENT),
      by('city 2', '410800'),
      by('province', '410000'),
    ]
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('410802', '410800', '410000'),
        fc.option(fc.constant(PARENT)),
        fc.array(fc.constantFrom(...people), { maxLength: 40 }),
        (kinds, regionCode, parentUnitId, tries) => {
          const terms = termsOf(kinds, regionCode, parentUnitId)
          let report = filed(terms)
          const passed: string[] = []
          for (const person of tries) {
            const awaited = report.awaits
            const code = codeOf(() => {
              report = approve(terms, report, person)
            })
            if (code === 'none') passed.push(`${awaited} ${person.actorId}`)
          }
          const levels = passed.map((text) => text.split(' ')[0])
          const names = passed.map((text) => text.slice(text.indexOf(' ') + 1))
          const expected = terms.review.levels.map(({ reviewer }) => reviewer).slice(0, passed.length)
          return (
            levels.join() === expected.join() &&
            new Set(names).size === names.length &&
            !names.includes('filer') &&
            (report.state === 'approved') === (passed.length === terms.review.levels.length)
          )
        },
      ),
      { numRuns: 500 },
    )
  },
)
