import { FUND_SOURCES, type FundSource, NewProject } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import Schema from 'typebox/schema'
import { decideRegistration } from '../../src/domain/project-change.ts'
import { EXPORTED } from '../../src/domain/project-columns.ts'
import { toLayout, toProject } from '../../src/domain/project-row.ts'
import { assessProject } from '../../src/domain/project-rules.ts'
import { newProject } from '../fixtures/service.ts'

const SOURCES = Object.keys(FUND_SOURCES) as FundSource[]
const NOW = new Date('2026-11-20T01:00:00Z')
const MOST = 9_999_999_999_999

const faultsOf = (fields: Record<string, unknown>) =>
  assessProject(decideRegistration('id', newProject('九渡水库', fields) as never, NOW).project).map(
    ({ field }) => field,
  )

const rows = fc
  .subarray(SOURCES, { minLength: 1 })
  .chain((sources) =>
    fc.tuple(
      ...sources.map((source) => fc.record({ source: fc.constant(source), yuan: fc.integer({ min: 1, max: MOST }) })),
    ),
  )
const sumOf = (plan: readonly { yuan: number }[]) => plan.reduce((sum, { yuan }) => sum + BigInt(yuan), 0n)

t.test('the rows of a funding plan sum to the total investment, to the yuan; nothing else is taken', async (t) => {
  fc.assert(
    fc.property(rows, fc.integer({ min: -3, max: 3 }), (fundingPlan, difference) => {
      const total = Number(sumOf(fundingPlan)) + difference
      const faults = faultsOf({ fundingPlan, totalInvestmentYuan: total })
      return difference === 0 ? faults.length === 0 : faults.join() === 'fundingPlan'
    }),
  )
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: MOST }), (fundingPlan, totalInvestmentYuan) => {
      const sums = sumOf(fundingPlan) === BigInt(totalInvestmentYuan)
      return (faultsOf({ fundingPlan, totalInvestmentYuan }).length === 0) === sums
    }),
  )
  t.same(faultsOf({ fundingPlan: [], totalInvestmentYuan: 5 }), [], 'a total may be known before its sources')
  t.same(faultsOf({ fundingPlan: [{ source: 'ownFunds', yuan: 5 }] }), ['fundingPlan'], 'sources without a total')
})

t.test('a funding plan has each source once, in whatever order, and its order changes nothing', async () => {
  fc.assert(
    fc.property(rows, fc.nat(), (plan, at) => {
      const total = Number(sumOf(plan))
      const reversed = [...plan].reverse()
      const again = [...plan, { source: plan[at % plan.length]?.source, yuan: 1 }]
      return (
        faultsOf({ fundingPlan: reversed, totalInvestmentYuan: total }).length === 0 &&
        faultsOf({ fundingPlan: again, totalInvestmentYuan: total + 1 }).join() === 'fundingPlan'
      )
    }),
  )
})

const headers = EXPORTED.map(({ header }) => header)
const layout = toLayout(headers)
const plain: Record<string, string> = {
  项目名称: '九渡水库',
  区划代码: '410800',
  所属区域: '焦作市',
  类别: '水利',
  阶段: '在建',
  项目级别: '市',
  分类: '考核类',
}
const lists = fc.array(fc.constantFrom('省', '市', '县区', '旧-1', '𬭎桥', '、', ' ', ''), { maxLength: 14 })
const cells = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 230 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  lists.map((parts) => parts.join('、')),
  fc.constantFrom(
    '0000-01-01',
    '9999/12/31',
    '2026-02-29',
    '2026年3月1日',
    '0',
    '-1',
    '1e16',
    '10000000000000000',
    '1.5',
  ),
  fc.constantFrom(
    '施工：某公司；监理：🏗公司',
    '施工：某公司',
    '路'.repeat(5_000),
    '九渡\u200b水库',
    '\u202e路',
    '路 桥',
  ),
)

t.test('what a row of a list may say is what the API takes, field by field', async (t) => {
  const contract = Schema.Compile(NewProject)
  let taken = 0
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...headers), cells, { maxKeys: 2 }), (row) => {
      const read = toProject({ ...plain, ...row }, 2, layout)
      if ('problems' in read) return read.problems.length > 0
      taken++
      // A list names the unit, the API takes its id.
      const { responsibleUnitName, ...fields } = read.project
      return contract.Check(fields) && (responsibleUnitName ?? '').length <= 100
    }),
    { numRuns: 2_000 },
  )
  t.ok(taken > 100, 'enough of them were projects')
})
