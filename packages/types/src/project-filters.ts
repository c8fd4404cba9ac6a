import Type, { type Static } from 'typebox'
import { CalendarDate, Formed, Instant, Line, MAX_YUAN, RegionCode, Uuid, Year } from './primitives.ts'
import { AssessmentClass, ConstructionType, STAGE_CODES, STAGES, Tier, YearRole } from './vocabulary.ts'

const stage = `(${STAGE_CODES.join('|')})`

const Total = (description: string) =>
  Type.Integer({ minimum: 0, maximum: MAX_YUAN, description: `总投资 ${description}, whole yuan (元)` })

const Day = (description: string) => Type.String({ ...CalendarDate, description: `${description}, YYYY-MM-DD` })

/** Everything that people filter the projects by; all that are given hold at once. */
export const projectFilters = Type.Partial(
  Type.Object({
    q: Line(50, 'Any part of the name, the owner or the place'),
    regionCode: RegionCode,
    regionPrefix: Formed(
      '^[1-9][0-9]{1,5}$',
      { zh: '应为 2 至 6 位数字', en: 'must be 2 to 6 digits' },
      { description: 'The first 2 to 6 digits of the region code: a province, a city or a county with all below' },
    ),
    stage: Formed(
      `^${stage}(,${stage}){0,${STAGE_CODES.length - 1}}$`,
      { zh: '应为阶段代码，多个以逗号分隔', en: 'must be codes of stages, separated by commas' },
      { description: `项目阶段, several separated by commas: ${Object.entries(STAGES).flat().join(' ')}` },
    ),
    anyCode: Line(50, '项目代码, or one of the 地方编码, whole'),
    category: Line(50, '类别'),
    tier: Tier,
    assessmentClass: AssessmentClass,
    yearRole: YearRole,
    roleYear: Type.Integer({ ...Year, description: 'The year of the 年度性质; without one, of any year' }),
    constructionType: ConstructionType,
    industryPrefix: Formed(
      '^[A-T][0-9]{0,4}$',
      { zh: '应为行业代码的开头，如 C 或 C39', en: 'must be the beginning of an industry code, as C or C39' },
      { description: 'The beginning of the GB/T 4754 code: C 制造业, C39 a division of it' },
    ),
    owner: Line(50, 'Any part of the 项目法人'),
    ownerCreditCode: Line(18, '统一社会信用代码 of the 项目法人'),
    unitId: Type.String({ ...Uuid, description: '责任单位' }),
    filerId: Type.String({ ...Uuid, description: '填报人' }),
    leaderId: Type.String({ ...Uuid, description: '责任领导或挂点领导, the main one or any other' }),
    totalFromYuan: Total('at least'),
    totalToYuan: Total('at most'),
    plannedStartFrom: Day('计划开工 on or after'),
    plannedStartTo: Day('计划开工 on or before'),
    actualStartFrom: Day('实际开工 on or after'),
    actualStartTo: Day('实际开工 on or before'),
    plannedCompletionFrom: Day('计划竣工 on or after'),
    plannedCompletionTo: Day('计划竣工 on or before'),
    actualCompletionFrom: Day('实际竣工 on or after'),
    actualCompletionTo: Day('实际竣工 on or before'),
    hasStatisticalEntry: Type.Boolean({ description: '入库入统: true 已入统, false 未入统' }),
    programmeId: Type.String({ ...Uuid, description: '专项计划 that the project belongs to' }),
    programmeYear: Type.Integer({ ...Year, description: 'The year of that membership; without one, of any year' }),
    parentId: Type.String({ ...Uuid, description: '打包项目: its sub-projects' }),
    hasParent: Type.Boolean({ description: 'true: only sub-projects, false: none of them' }),
    updatedSince: Type.String({ ...Instant, description: 'Changed at this instant or later, RFC 3339' }),
  }),
  { additionalProperties: false },
)
/** Filters of the projects as a query. */
export type ProjectFilters = Static<typeof projectFilters>
