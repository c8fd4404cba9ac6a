import type { Static } from 'typebox'
import { OneOf } from './primitives.ts'

/** 项目阶段: code and the field's word, in the order of the life cycle, then the three beside it. */
export const STAGES = {
  planning: '谋划',
  reserve: '储备',
  signed: '签约',
  preliminary: '前期',
  newlyStarted: '新开工',
  building: '在建',
  finishing: '促竣工',
  completed: '竣工',
  producing: '投产',
  performing: '达效',
  suspended: '停缓建',
  withdrawn: '退出',
} as const
export type Stage = keyof typeof STAGES
export const STAGE_CODES = Object.keys(STAGES) as [Stage, ...Stage[]]
export const Stage = OneOf(
  STAGE_CODES,
  `项目阶段: ${Object.entries(STAGES)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

/** 项目级别. */
export const TIERS = { province: '省', city: '市', county: '县区' } as const
export type Tier = keyof typeof TIERS
export const TIER_CODES = Object.keys(TIERS) as [Tier, ...Tier[]]
export const Tier = OneOf(TIER_CODES, '项目级别: province 省, city 市, county 县区')

/** 分类: 考核类 is ranked, 跟踪服务类 is not. */
export const ASSESSMENT_CLASSES = ['assessed', 'followed'] as const
export const AssessmentClass = OneOf(
  ASSESSMENT_CLASSES,
  '分类: assessed 考核类 (ranked), followed 跟踪服务类 (not ranked)',
)
export type AssessmentClass = Static<typeof AssessmentClass>

/** 资金来源. */
export const FUND_SOURCES = {
  centralBudget: '中央预算内',
  specialTreasuryBond: '超长期特别国债',
  localSpecialBond: '专项债',
  localBudget: '地方预算',
  ownFunds: '自筹',
  bankLoan: '银行贷款',
  foreign: '外资',
  other: '其他',
} as const
export type FundSource = keyof typeof FUND_SOURCES
export const FundSource = OneOf(Object.keys(FUND_SOURCES) as [FundSource, ...FundSource[]], '资金来源')

/** 报告状态: 待上报 expected (nothing saved yet), 草稿, 已上报, 被退回, 审核通过. */
export const REPORT_STATES = {
  expected: '待上报',
  draft: '草稿',
  submitted: '已上报',
  returned: '被退回',
  approved: '审核通过',
} as const
export type ReportState = keyof typeof REPORT_STATES
export const ReportState = OneOf(Object.keys(REPORT_STATES) as [ReportState, ...ReportState[]], '报告状态')

/** 亮灯. */
export const LIGHTS = { green: '绿', yellow: '黄', red: '红' } as const
export type Light = keyof typeof LIGHTS
export const Light = OneOf(['green', 'yellow', 'red'], '亮灯')

/** 指标属性. */
export const INDICATOR_ATTRIBUTES = { expected: '预期性', binding: '约束性' } as const
export const IndicatorAttribute = OneOf(['expected', 'binding'], '指标属性: expected 预期性, binding 约束性')

/** 指标口径. */
export const IndicatorMeasure = OneOf(
  ['rate', 'total', 'level'],
  '指标口径: rate 年度增速 (each year by itself), total 累计 (the years add up), level 期末值 (a path from base to target)',
)
export type IndicatorMeasure = Static<typeof IndicatorMeasure>

/** 目标形式. */
export const TargetKind = OneOf(
  ['number', 'above', 'atLeast', 'below', 'atMost', 'about', 'range', 'text'],
  '目标形式: number 10, above >10, atLeast ≥10, below <10, atMost ≤10, about 10左右, range 5-6, text 按市下达目标 (not measured)',
)
export type TargetKind = Static<typeof TargetKind>

/** 指标状态. */
export const IndicatorStatus = OneOf(
  ['reached', 'onCourse', 'behind', 'notMeasurable'],
  '指标状态: reached 已达到, onCourse 符合进度, behind 滞后, notMeasurable 无法衡量',
)
export type IndicatorStatus = Static<typeof IndicatorStatus>

/** 建设性质. */
export const CONSTRUCTION_TYPES = {
  newBuild: '新建',
  expansion: '扩建',
  rebuild: '改建',
  relocation: '迁建',
  restoration: '恢复',
} as const
export type ConstructionType = keyof typeof CONSTRUCTION_TYPES
export const ConstructionType = OneOf(
  Object.keys(CONSTRUCTION_TYPES) as [ConstructionType, ...ConstructionType[]],
  '建设性质: newBuild 新建, expansion 扩建, rebuild 改建, relocation 迁建, restoration 恢复',
)

/** 领导类别: 责任领导 answers for a project, 挂点(分包)领导 is linked with it. */
export const LEADER_KINDS = { responsible: '责任领导', linked: '挂点(分包)领导' } as const
export type LeaderKind = keyof typeof LEADER_KINDS
export const LeaderKind = OneOf(
  Object.keys(LEADER_KINDS) as [LeaderKind, ...LeaderKind[]],
  '领导类别: responsible 责任领导, linked 挂点(分包)领导',
)

/** 参建单位 by what it does. */
export const PARTICIPANT_ROLES = {
  survey: '勘察',
  design: '设计',
  construction: '施工',
  supervision: '监理',
  other: '其他',
} as const
export type ParticipantRole = keyof typeof PARTICIPANT_ROLES
export const ParticipantRole = OneOf(
  Object.keys(PARTICIPANT_ROLES) as [ParticipantRole, ...ParticipantRole[]],
  '参建类别: survey 勘察, design 设计, construction 施工, supervision 监理, other 其他',
)

/** 年度性质. */
export const YEAR_ROLES = {
  preparing: '前期(预备)',
  starting: '新开工',
  continuing: '续建',
  completing: '竣工',
} as const
export type YearRole = keyof typeof YEAR_ROLES
export const YearRole = OneOf(
  Object.keys(YEAR_ROLES) as [YearRole, ...YearRole[]],
  '年度性质: preparing 前期(预备), starting 新开工, continuing 续建, completing 竣工',
)

/** 储备库登记: where a project stands in the reserve pool of a year. */
export const RESERVE_STATES = {
  proposed: '申报',
  listed: '入库',
  notListed: '未入库',
  added: '增补',
  withdrawn: '退库',
} as const
export type ReserveState = keyof typeof RESERVE_STATES
export const RESERVE_STATE_CODES = Object.keys(RESERVE_STATES) as [ReserveState, ...ReserveState[]]
export const ReserveState = OneOf(
  RESERVE_STATE_CODES,
  '储备库登记: proposed 申报, listed 入库, notListed 未入库, added 增补 (mid-year), withdrawn 退库',
)

/** 推进计划步骤类别. */
export const STEP_KINDS = {
  procedure: '前期手续',
  milestone: '建设节点',
  guarantee: '要素保障',
  system: '四制',
} as const
export type StepKind = keyof typeof STEP_KINDS
export const STEP_KIND_CODES = Object.keys(STEP_KINDS) as [StepKind, ...StepKind[]]
export const StepKind = OneOf(
  STEP_KIND_CODES,
  '步骤类别: procedure 前期手续, milestone 建设节点, guarantee 要素保障, system 四制',
)

/** 步骤状态, computed from the days. */
export const STEP_STATUSES = {
  unplanned: '未定期限',
  open: '正常',
  dueSoon: '临近',
  slipped: '滞后',
  done: '完成',
  doneLate: '逾期完成',
  notNeeded: '不需要',
} as const
export type StepStatus = keyof typeof STEP_STATUSES
export const StepStatus = OneOf(
  Object.keys(STEP_STATUSES) as [StepStatus, ...StepStatus[]],
  '步骤状态: unplanned 未定期限, open 正常, dueSoon 临近 (14 days), slipped 滞后, done 完成, doneLate 逾期完成, notNeeded 不需要',
)

/** 佐证材料: what shows that a project has reached a stage. */
export const EVIDENCE_KINDS = {
  listing: '入库文件',
  agreement: '签约协议',
  approval: '立项批复或备案',
  startPermit: '施工许可或开工令',
  acceptance: '竣工验收',
  production: '投产证明',
  performance: '达效数据',
  importedList: '导入的清单',
  other: '其他',
} as const
export type EvidenceKind = keyof typeof EVIDENCE_KINDS
export const EvidenceKind = OneOf(
  Object.keys(EVIDENCE_KINDS) as [EvidenceKind, ...EvidenceKind[]],
  `佐证材料: ${Object.entries(EVIDENCE_KINDS)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

/** How a project may move: along its life cycle, back, aside (停缓建, 退出), on again, or 增补 into the reserve. */
export const MOVE_KINDS = ['forward', 'comeback', 'resumption', 'backward', 'suspension', 'withdrawal'] as const
export type MoveKind = (typeof MOVE_KINDS)[number]
export const MoveKind = OneOf(
  MOVE_KINDS,
  '转换类型: forward 推进, comeback 增补, resumption 复工, backward 回退, suspension 停缓建, withdrawal 退出',
)

/** What a move may need beyond its date. */
export const MoveNeed = OneOf(
  ['evidence', 'reason', 'approver'],
  '所需内容: evidence 佐证材料, reason 原因, approver 批准人',
)
export type MoveNeed = Static<typeof MoveNeed>
/** 单位类别, from the top of the tree down. */
export const UNIT_KINDS = {
  city: '市',
  district: '县(市、区)',
  department: '部门',
  responsibleUnit: '责任单位',
} as const
export type UnitKind = keyof typeof UNIT_KINDS
export const UnitKind = OneOf(
  Object.keys(UNIT_KINDS) as [UnitKind, ...UnitKind[]],
  '单位类别: city 市, district 县(市、区), department 部门, responsibleUnit 责任单位',
)

/** 区划来源: GB/T 2260, registered by an operator (410871), or met in a list that was loaded. */
export const REGION_ORIGINS = { national: '国标', registered: '登记', loaded: '随清单载入' } as const
export type RegionOrigin = keyof typeof REGION_ORIGINS
export const RegionOrigin = OneOf(
  Object.keys(REGION_ORIGINS) as [RegionOrigin, ...RegionOrigin[]],
  '区划来源: national 国标 (GB/T 2260), registered 登记 (by an operator), loaded 随清单载入 (met in a list, to be registered)',
)

/** 困难类别: code, the field's word, and what is told apart within it. */
export const DIFFICULTY_CATEGORIES = {
  approval: {
    zh: '报批',
    subcategories: ['initiation', 'land', 'planning', 'environmentalReview', 'constructionPermit'],
  },
  site: { zh: '现场条件', subcategories: ['demolition', 'pipelines', 'utilities', 'roads'] },
  funds: { zh: '资金', subcategories: [] },
  environment: { zh: '建设环境', subcategories: [] },
  supporting: { zh: '配套', subcategories: [] },
  other: { zh: '其他', subcategories: [] },
} as const satisfies Record<string, { zh: string; subcategories: readonly string[] }>
export type DifficultyCategory = keyof typeof DIFFICULTY_CATEGORIES
export const DifficultyCategory = OneOf(
  Object.keys(DIFFICULTY_CATEGORIES) as [DifficultyCategory, ...DifficultyCategory[]],
  '困难类别: approval 报批, site 现场条件, funds 资金, environment 建设环境, supporting 配套, other 其他',
)

/** 困难细类, of 报批 and of 现场条件. */
export const DIFFICULTY_SUBCATEGORIES = {
  initiation: '立项',
  land: '用地',
  planning: '规划',
  environmentalReview: '环评',
  constructionPermit: '施工许可',
  demolition: '拆迁',
  pipelines: '管线',
  utilities: '水电',
  roads: '道路',
} as const
export type DifficultySubcategory = keyof typeof DIFFICULTY_SUBCATEGORIES
export const DifficultySubcategory = OneOf(
  Object.keys(DIFFICULTY_SUBCATEGORIES) as [DifficultySubcategory, ...DifficultySubcategory[]],
  '困难细类: of approval: initiation 立项, land 用地, planning 规划, environmentalReview 环评, constructionPermit 施工许可; ' +
    'of site: demolition 拆迁, pipelines 管线, utilities 水电, roads 道路',
)

/** 困难状态. */
export const DIFFICULTY_STATES = {
  registered: '待协调',
  coordinating: '协调中',
  resolved: '已解决',
  closed: '已销号',
} as const
export type DifficultyState = keyof typeof DIFFICULTY_STATES
export const DifficultyState = OneOf(
  Object.keys(DIFFICULTY_STATES) as [DifficultyState, ...DifficultyState[]],
  '困难状态: registered 待协调, coordinating 协调中, resolved 已解决, closed 已销号',
)

/** What was done about a difficulty. */
export const DIFFICULTY_ACTIONS = {
  register: '登记',
  accept: '受理',
  resolve: '解决',
  close: '销号',
  return: '退回',
  raise: '提级',
  reschedule: '调整期限',
  reassign: '转办',
} as const
export type DifficultyAction = keyof typeof DIFFICULTY_ACTIONS
export const DifficultyAction = OneOf(
  Object.keys(DIFFICULTY_ACTIONS) as [DifficultyAction, ...DifficultyAction[]],
  `协调动作: ${Object.entries(DIFFICULTY_ACTIONS)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)
