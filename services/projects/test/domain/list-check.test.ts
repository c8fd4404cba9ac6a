import type { NewProject } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { createListCheck } from '../../src/domain/list-check.ts'

const rows = fc.array(
  fc.record({
    name: fc.constantFrom('水库', '水 库', '水库工程', '路', '路二期', '桥'),
    regionCode: fc.constantFrom('410802', '410811'),
    projectCode: fc.option(fc.constantFrom('甲', '乙', '丙')),
  }),
  { maxLength: 12 },
) as fc.Arbitrary<Pick<NewProject, 'name' | 'regionCode' | 'projectCode'>[]>

t.test(
  'a row is refused exactly when an accepted or refused row before it has its name in its region, or its code',
  (t) => {
    fc.assert(
      fc.property(rows, (projects) => {
        const check = createListCheck()
        const problems = projects.map((project, at) => check.assessRow(project as NewProject, at + 2))
        for (const [at, { name, regionCode, projectCode }] of projects.entries()) {
          const before = projects.slice(0, at)
          const namesake = before.findIndex((other) => other.name === name && other.regionCode === regionCode)
          // A row that was refused for its name claims no code.
          const sharer = before.findIndex(
            (other, n) => other.projectCode === projectCode && projectCode !== null && problems[n]?.column !== 'name',
          )
          const expected = namesake >= 0 ? ['name', namesake] : sharer >= 0 ? ['projectCode', sharer] : undefined
          const found = problems[at]
          if (expected === undefined) t.equal(found, undefined)
          else {
            const [column, first] = expected as [string, number]
            t.match(found, { row: at + 2, column, reason: `first in row ${first + 2}` })
          }
        }
      }),
      { numRuns: 200 },
    )
    t.end()
  },
)
