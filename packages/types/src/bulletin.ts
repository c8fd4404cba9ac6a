import Type, { type Static } from 'typebox'
import {
  CalendarDate,
  Closed,
  Instant,
  Line,
  Nullable,
  OneOf,
  Percent,
  Period,
  Prose,
  RegionCode,
  SignedYuan,
  Uuid,
  Year,
  Yuan,
} from './primitives.ts'
import { DifficultyAnalysis } from './routes/difficulties.routes.ts'
import { FundsSummary, PolicyFunds } from './routes/funds.routes.ts'
import { Ranking } from './routes/rankings.routes.ts'
import { Tier } from './vocabulary.ts'

const Name = Nullable(Line(30))
const Recipients = Nullable(Line(200))

const signed = {
  masthead: Line(40, '简报名称: in red above the first page'),
  organ: Line(60, '发文机关'),
  reportTo: Type.Union(Recipients.anyOf, { description: '报: whom it is reported to' }),
  sendTo: Type.Union(Recipients.anyOf, { description: '送: whom it is sent to' }),
  editor: Type.Union(Name.anyOf, { description: '编辑' }),
  reviewer: Type.Union(Name.anyOf, { description: '审核' }),
  issuer: Type.Union(Name.anyOf, { description: '签发' }),
  nextSteps: Prose(4_000, '下步工作, one paragraph a line'),
}

/** What people write for a bulletin; everything else in it is computed. */
export const BulletinEntry = Closed({
  ...signed,
  title: Type.Union(Nullable(Line(200)).anyOf, { description: '标题; null: as the rule words it' }),
})
export type BulletinEntry = Static<typeof BulletinEntry>

/** 版头与版记: what is printed above and below the text. */
export const BulletinHead = Closed({
  ...signed,
  period: Period,
  year: Year,
  number: Type.Integer({ description: '第N期 of the year' }),
  title: Line(200),
  issuedOn: CalendarDate,
  previousSha256: Nullable(
    Type.String({ description: 'Of the bulletin before, so that none can be put in its place' }),
  ),
})
export type BulletinHead = Static<typeof BulletinHead>

/** What a group of projects adds up to. */
export const BulletinSlice = Closed({
  key: Type.String(),
  name: Type.String(),
  projectCount: Type.Integer(),
  totalInvestmentYuan: Yuan,
  plannedYuan: Yuan,
  monthCompletedYuan: SignedYuan,
  completedYuan: SignedYuan,
  completionPercent: Percent,
  scheduledPercent: Percent,
  aheadPoints: Nullable(Type.Number({ description: '快于(+)/慢于(−)时间进度, percentage points' })),
})
export type BulletinSlice = Static<typeof BulletinSlice>

const named = {
  projectId: Uuid,
  projectName: Type.String(),
  regionName: Type.String(),
  unitName: Nullable(Type.String()),
}
const Dated = Closed({ ...named, plannedOn: Nullable(CalendarDate), actualOn: Nullable(CalendarDate) })

/** 应…、已… of the year, those that have not by name. */
const Duty = Closed({
  yearDue: Type.Integer({ description: 'Due in the whole year' }),
  due: Type.Integer({ description: 'Of those, due by the end of the month' }),
  done: Type.Integer({ description: 'Of those due by now, done' }),
  donePercent: Percent,
  notDone: Type.Array(Dated, { description: 'Due by now and not done, by name' }),
  early: Type.Array(Dated, { description: 'Done in the year before it was due' }),
})
export type BulletinDuty = Static<typeof Duty>

/** 新开工、续建、竣工、预备: every project that is not done with counts in one of them. */
export const BulletinClasses = Closed({
  starting: BulletinSlice,
  continuing: BulletinSlice,
  completing: BulletinSlice,
  preparing: BulletinSlice,
  starts: Duty,
  completions: Duty,
})
export type BulletinClasses = Static<typeof BulletinClasses>

/** 进展评价. */
export const PROGRESS_GRADES = { completed: '已完成', smooth: '进展顺利', slow: '进展缓慢', none: '无进展' } as const
export type ProgressGrade = keyof typeof PROGRESS_GRADES
export const ProgressGrade = OneOf(
  Object.keys(PROGRESS_GRADES) as [ProgressGrade, ...ProgressGrade[]],
  '进展评价: completed 已完成, smooth 进展顺利, slow 进展缓慢, none 无进展',
)

const gradeRule = {
  fromPeriod: Period,
  slowBehindPoints: Type.Number({
    minimum: 0,
    maximum: 100,
    description: '进展缓慢: behind the schedule by more percentage points than this',
  }),
}
export const GradeRuleFields = Closed(gradeRule)
export type GradeRuleFields = Static<typeof GradeRuleFields>

/** 进展评价办法: one version of it. */
export const GradeRule = Closed({
  ...gradeRule,
  version: Type.Integer({ description: 'Send it back as If-Match' }),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  reason: Type.String(),
})
export type GradeRule = Static<typeof GradeRule>

const Lagging = Closed({
  ...named,
  scheduledYuan: Type.Integer({ description: 'What should be completed by now' }),
  completedYuan: SignedYuan,
  shortYuan: Type.Integer({ description: '差额: scheduled less completed' }),
  completionPercent: Percent,
  scheduledPercent: Percent,
})
export type BulletinLagging = Static<typeof Lagging>

/** Projects with an annual plan by how they get on. */
export const BulletinGrades = Closed({
  rule: GradeRule,
  counts: Closed({ completed: Type.Integer(), smooth: Type.Integer(), slow: Type.Integer(), none: Type.Integer() }),
  ungraded: Type.Integer({ description: 'Projects without an annual plan' }),
  slow: Type.Array(Lagging),
  none: Type.Array(Lagging),
})
export type BulletinGrades = Static<typeof BulletinGrades>

const filed = {
  expected: Type.Integer(),
  onTime: Type.Integer(),
  late: Type.Integer({ description: 'First filed after the due instant' }),
  missing: Type.Integer({ description: 'Not filed yet' }),
}

/** 报送质量. */
export const BulletinFiling = Closed({
  ...filed,
  onTimePercent: Percent,
  filedPercent: Percent,
  returned: Type.Integer({ description: '退回: how many times a report was returned' }),
  units: Type.Array(Closed({ unitName: Type.String(), ...filed, missingProjects: Type.Array(Type.String()) }), {
    description: '逾期单位: those with late or missing reports',
  }),
})
export type BulletinFiling = Static<typeof BulletinFiling>

/** A project in the annexed list (一览表). */
export const BulletinProject = Closed({
  ...named,
  regionCode: RegionCode,
  category: Type.String(),
  tiers: Type.Array(Tier),
  isAssessed: Type.Boolean(),
  totalInvestmentYuan: Yuan,
  plannedYuan: Yuan,
  monthCompletedYuan: SignedYuan,
  completedYuan: SignedYuan,
  completionPercent: Percent,
  grade: Nullable(ProgressGrade),
  visualProgress: Nullable(Type.String({ description: 'As the approved report of the month says' })),
})
export type BulletinProject = Static<typeof BulletinProject>

/** 本期内容: all that the bulletin of a month says. */
export const BulletinIssue = Closed({
  head: BulletinHead,
  overall: BulletinSlice,
  byTier: Type.Array(BulletinSlice),
  byRegion: Type.Array(BulletinSlice),
  byCategory: Type.Array(BulletinSlice),
  byUnit: Type.Array(BulletinSlice),
  classes: BulletinClasses,
  rankings: Closed({ region: Ranking, unit: Ranking }),
  grades: BulletinGrades,
  difficulties: DifficultyAnalysis,
  filing: BulletinFiling,
  funds: FundsSummary,
  policyFunds: Type.Array(PolicyFunds),
  projects: Type.Array(BulletinProject, { description: 'Empty when there are more than 5,000' }),
})
export type BulletinIssue = Static<typeof BulletinIssue>
