import { FUND_SOURCES, type FundSource, type Project, type Words } from '@tiaodu/types'
import { type AmountUnit, toWan } from './amounts.ts'
import { amount, parts, type Read, word } from './cells.ts'

type FundingPlan = Project['fundingPlan']

const PART = /^([^：:]+)[：:]\s*([\d.,，]+)$/
const MAX = Object.keys(FUND_SOURCES).length
const FORM: Words = { zh: '应如 中央预算内：1200；自筹：800', en: 'must be as 中央预算内：1200；自筹：800' }
const TOO_MANY: Words = { zh: `不能超过 ${MAX} 项`, en: `must be at most ${MAX} sources` }

const readSource = word(FUND_SOURCES)

const readRow =
  (unit: AmountUnit): Read =>
  (text) => {
    const [, source = '', yuan] = PART.exec(text) ?? []
    if (yuan === undefined) return { reason: FORM }
    const [readingOfSource, readingOfYuan] = [readSource(source.trim()), amount(unit)(yuan)]
    if ('reason' in readingOfSource) return readingOfSource
    if ('reason' in readingOfYuan) return readingOfYuan
    return { value: { source: readingOfSource.value as FundSource, yuan: readingOfYuan.value as number } }
  }

/** The funding plan of a cell, in the unit of its column: 中央预算内：1200；自筹：800. */
export const readFundingPlan = (unit: AmountUnit): Read => parts(readRow(unit), MAX, TOO_MANY)

/** A funding plan as a cell that can be read again, in 万元. */
export const toFundingPlanText = (plan: FundingPlan): string =>
  plan.map(({ source, yuan }) => `${FUND_SOURCES[source]}：${toWan(yuan)}`).join('；')
