import type { FieldWords } from './field-words.ts'

/** What a published plan says, taken as it stands there. */
export const DOCUMENT: FieldWords = {
  attribute: ['指标属性', 'Binding or expected'],
  baseValue: ['基期值', 'Value of the base year'],
  baseYear: ['基期年', 'Base year'],
  indicator: ['指标', 'Indicator'],
  'AnnualTarget.kind': ['目标类型', 'Kind of target'],
  metric: ['指标', 'What is measured'],
  programme: ['范围', 'Programme or scope'],
  rateOrTotal: ['五年增速或累计', 'Rate or total of the five years'],
  targetValue: ['目标值', 'Value of the target year'],
  targetYear: ['目标年', 'Target year'],
  unitOfMeasure: ['计量单位', 'Unit of measure'],
  'AnnualTarget.value': ['目标值', 'Target'],
  'PlanIndicator.category': ['类别', 'Category in the plan'],
  'EvaluatedIndicator.category': ['类别', 'Category in the plan'],
  'PlanIndicator.source': ['文件来源', 'Plan that sets it'],
  'EvaluatedIndicator.source': ['文件来源', 'Plan that sets it'],
}
