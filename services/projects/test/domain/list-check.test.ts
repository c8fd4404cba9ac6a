import { isDeepStrictEqual } from 'node:util'
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
) as fc.Arbitrary<NewProject[]>

/** What is wrong with each row: the plain rule, looking back over all rows. A row refused for its name claims no code. */
function refusedByHand(projects: readonly NewProject[]): (string | undefined)[] {
  const found: (string | undefined)[] = []
  for (const [at, { name, regionCode, projectCode }] of projects.entries()) {
    const before = projects.slice(0, at)
    const namesake = before.findIndex((other) => other.name === name && other.regionCode === regionCode)
    const sharer = before.findIndex(
      (other, n) => projectCode !== null && other.projectCode === projectCode && !found[n]?.startsWith('name'),
    )
    if (namesake >= 0) found.push(`name, first in row ${namesake + 2}`)
    else found.push(sharer >= 0 ? `projectCode, first in row ${sharer + 2}` : undefined)
  }
  return found
}

t.test('a row is refused exactly when one before it has its name in its region, or its code', (t) => {
  fc.assert(
    fc.property(rows, (projects) => {
      const check = createListCheck()
      const found = projects.map((project, at) => {
        const problem = check.assessRow(project, at + 2)
        if (problem?.row !== undefined && problem.row !== at + 2) return 'the wrong row'
        return problem && `${problem.column}, ${problem.reason.en.replace('stands twice in the file, ', '')}`
      })
      return isDeepStrictEqual(found, refusedByHand(projects))
    }),
    { numRuns: 1_000 },
  )
  t.end()
})
