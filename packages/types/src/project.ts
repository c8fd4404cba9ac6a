import Type, { type Static } from 'typebox'
import {
  CalendarDate,
  Closed,
  CreditCode,
  Formed,
  Instant,
  Line,
  MAX_YUAN,
  Nullable,
  Percent,
  Prose,
  RegionCode,
  SignedYuan,
  Uuid,
} from './primitives.ts'
import { Version } from './version.ts'
import {
  AssessmentClass,
  ConstructionType,
  EvidenceKind,
  FundSource,
  LeaderKind,
  MoveKind,
  MoveNeed,
  ParticipantRole,
  Stage,
  Tier,
  YearRole,
} from './vocabulary.ts'

const PositiveYuan = Type.Integer({ minimum: 1, maximum: MAX_YUAN, description: '总投资, whole yuan (元)' })

/** A leader who answers for a project beside the main one, at a level. */
export const ProjectLeader = Closed({ personId: Uuid, level: Tier, kind: LeaderKind })
export type ProjectLeader = Static<typeof ProjectLeader>

/** 参建单位: who surveys, designs, builds or supervises. */
export const Participant = Closed({
  role: ParticipantRole,
  name: Line(100, '单位名称'),
  creditCode: Nullable(CreditCode),
})
export type Participant = Static<typeof Participant>

/** What a person enters of a project; the stage is moved, not entered. */
export const projectFields = {
  name: Line(200, '项目名称; unique within its region'),
  regionCode: RegionCode,
  regionName: Line(50, '所属区域'),
  category: Line(50, '类别'),
  tiers: Type.Array(Tier, { minItems: 1, maxItems: 3, uniqueItems: true, description: '项目级别, may hold several' }),
  assessmentClass: AssessmentClass,
  projectCode: Nullable(
    Line(24, '项目代码 of the national approval platform: YYMM-region-department-type-number; null before 立项'),
  ),
  localCodes: Type.Array(Line(50), { maxItems: 10, uniqueItems: true, description: 'Older local codes (地方编码)' }),
  yearRoles: Type.Array(Closed({ year: Type.Integer({ minimum: 2000, maximum: 2099 }), role: YearRole }), {
    maxItems: 20,
    description: '年度性质 by year, each year once',
  }),
  constructionType: Nullable(ConstructionType),
  industryCode: Nullable(
    Formed(
      '^[A-T]([0-9]{2,4})?$',
      { zh: '应为 GB/T 4754 行业代码，如 C3985', en: 'must be a code of GB/T 4754, as C3985' },
      { description: 'GB/T 4754 industry: section and up to four digits' },
    ),
  ),
  place: Nullable(Line(200, '建设地点')),
  scale: Nullable(Prose(2_000, '建设规模及内容')),
  ownerName: Nullable(Line(100, '项目法人 (业主): the legal entity that builds')),
  ownerCreditCode: Nullable(CreditCode),
  participants: Type.Array(Participant, {
    maxItems: 50,
    description: '参建单位: each unit once in each role',
  }),
  totalInvestmentYuan: Nullable(PositiveYuan),
  fundingPlan: Type.Array(Closed({ source: FundSource, yuan: PositiveYuan }), {
    maxItems: 8,
    description: '资金拼盘: each 资金来源 once; the rows sum to the total investment',
  }),
  plannedStartOn: Nullable(CalendarDate),
  actualStartOn: Nullable(CalendarDate),
  plannedCompletionOn: Nullable(CalendarDate),
  actualCompletionOn: Nullable(CalendarDate),
  approvals: Type.Array(Closed({ kind: Line(50, '文件类别'), number: Line(100, '文号'), issuedOn: CalendarDate }), {
    maxItems: 50,
    description: '审批文件',
  }),
  statisticalEntryOn: Type.Union([CalendarDate, Type.Null()], { description: '入库入统: since when; null when not' }),
  parentId: Nullable(Uuid),
  responsibleUnitId: Nullable(Uuid),
  filerId: Nullable(Uuid),
  leaderId: Type.Union([Uuid, Type.Null()], { description: '主要责任领导: the one whom reminders climb up to' }),
  leaders: Type.Array(ProjectLeader, {
    maxItems: 20,
    description: '责任领导和挂点(分包)领导 by level, each person once; the main one may be among them',
  }),
  source: Nullable(Line(200, 'The document that names the project')),
  section: Nullable(Line(100, 'The section of that document')),
  note: Nullable(Prose(2_000)),
}

/** 重点项目. */
export const Project = Closed({
  id: Uuid,
  stage: Stage,
  ...projectFields,
  responsibleUnitName: Nullable(Type.String()),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Project = Static<typeof Project>
export type ProjectField = keyof typeof projectFields | 'stage'

const { name, regionCode, regionName, category, ...defaulted } = projectFields

/** What registering a project takes; the rest has defaults (tier from the region, 考核类, nothing known). */
export const NewProject = Type.Object(
  { name, regionCode, regionName, category, stage: Stage, ...Type.Partial(Type.Object(defaulted)).properties },
  { additionalProperties: false },
)
export type NewProject = Static<typeof NewProject>

/** Any fields of a project that change, and why. */
export const ProjectPatch = Type.Partial(Type.Object({ ...projectFields, reason: Line(500, 'Why it changes') }), {
  additionalProperties: false,
  minProperties: 1,
})
export type ProjectPatch = Static<typeof ProjectPatch>

/** One version of a project. */
export const ProjectVersion = Version
export type ProjectVersion = Version

/** What shows that a project has reached a stage: a document by its number, or a file by its name. */
export const Evidence = Closed({ kind: EvidenceKind, reference: Line(200, '文号或文件名') })
export type Evidence = Static<typeof Evidence>

/** What moving a project to another stage takes. */
export const NewStageMove = Closed({
  to: Stage,
  movedOn: CalendarDate,
  reason: Type.Optional(Line(500, 'Compulsory for a move backwards, 停缓建 and 退出')),
  evidence: Type.Optional(Type.Array(Evidence, { maxItems: 10 })),
  approverId: Type.Optional(Uuid),
})
export type NewStageMove = Static<typeof NewStageMove>

/** A move of a project to a stage; the first one is its registration, `from` null. */
export const StageMove = Closed({
  id: Uuid,
  from: Nullable(Stage),
  to: Stage,
  movedOn: CalendarDate,
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  reason: Nullable(Type.String()),
  evidence: Type.Array(Evidence),
  approverId: Nullable(Uuid),
})
export type StageMove = Static<typeof StageMove>

/** A stage that a project may move to from where it stands, and what that takes. */
export const AllowedMove = Closed({
  to: Stage,
  kind: MoveKind,
  needs: Type.Array(MoveNeed),
  evidenceKind: Nullable(EvidenceKind),
})
export type AllowedMove = Static<typeof AllowedMove>

/** What recording a baseline takes: the totals and dates that an approval fixes. */
export const NewBaseline = Closed({
  document: Line(200, '批复文号'),
  approvedOn: CalendarDate,
  totalInvestmentYuan: PositiveYuan,
  plannedStartOn: Nullable(CalendarDate),
  plannedCompletionOn: Nullable(CalendarDate),
})
export type NewBaseline = Static<typeof NewBaseline>

/** 批复基线: approved totals and dates, kept beside the current ones and never changed; a revision (调概) is another. */
export const Baseline = Closed({
  number: Type.Integer({ minimum: 1, description: '1 is the first approval' }),
  ...NewBaseline.properties,
  at: Instant,
  actorName: Type.String(),
  overrun: Closed(
    {
      totalYuan: Nullable(SignedYuan),
      totalPercent: Percent,
      completionDays: Nullable(
        Type.Integer({ description: 'Days that completion, actual or else planned, lies behind the baseline' }),
      ),
    },
    { description: '超概: the project as it is now against this baseline; null where one of the two is not known' },
  ),
})
export type Baseline = Static<typeof Baseline>
