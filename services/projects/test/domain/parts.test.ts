import { FUND_SOURCES, type FundSource, YEAR_ROLES, type YearRole } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { readFundingPlan, toFundingPlanText } from '../../src/domain/funding-plan.ts'
import { findColumn } from '../../src/domain/project-columns.ts'
import { readYearRoles, toYearRolesText } from '../../src/domain/year-roles.ts'

const reasonOf = { reason: { zh: /./, en: /./ } }

t.test('a funding plan is one cell, in the unit of its header', async (t) => {
  const plan = [
    { source: 'centralBudget', yuan: 12_000_000 },
    { source: 'ownFunds', yuan: 5_000 },
  ]
  t.same(readFundingPlan('万元')('中央预算内：1200；自筹: 0.5；'), { value: plan })
  t.same(findColumn('资金拼盘（亿元）')?.read('centralBudget：0.12;自筹：0.00005'), { value: plan })
  t.equal(findColumn('资金拼盘'), undefined, 'without a unit nobody knows')
  for (const bad of [
    '1200',
    '自筹',
    '自筹：',
    '国债：5',
    '自筹：0',
    '自筹：-5',
    '自筹：1.00001',
    '自筹：1e3',
    '自筹：1,200',
  ])
    t.match(readFundingPlan('万元')(bad), reasonOf, bad)
  t.match(readFundingPlan('元')(Array(9).fill('自筹：1').join('；')), reasonOf, 'more sources than there are')
  const row = fc.record({
    source: fc.constantFrom(...(Object.keys(FUND_SOURCES) as FundSource[])),
    yuan: fc.integer({ min: 1, max: 9_999_999_999_999 }),
  })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      t.same(readFundingPlan('万元')(toFundingPlanText(rows)), { value: rows })
    }),
  )
})

t.test('the roles by year are one cell', async (t) => {
  t.same(readYearRoles('2025年：新开工；2026 续建; 2027年前期；2028：前期（预备）'), {
    value: [
      { year: 2025, role: 'starting' },
      { year: 2026, role: 'continuing' },
      { year: 2027, role: 'preparing' },
      { year: 2028, role: 'preparing' },
    ],
  })
  for (const bad of ['续建', '2026', '26年：续建', '1999年：续建', '2026年：在建', '2026年续建2027年竣工'])
    t.match(readYearRoles(bad), reasonOf, bad)
  const row = fc.record({
    year: fc.integer({ min: 2000, max: 2099 }),
    role: fc.constantFrom(...(Object.keys(YEAR_ROLES) as YearRole[])),
  })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
      t.same(readYearRoles(toYearRolesText(rows)), { value: rows })
    }),
  )
})
