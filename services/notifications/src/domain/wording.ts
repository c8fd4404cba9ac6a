import type { MessageGround, MessageKind, PolicyRole, RecipientRole } from '@tiaodu/types'
import type { MissingContact } from './sweep.ts'

/** A message in words, before it has an id and a reader. */
export interface Wording {
  readonly kind: MessageKind
  readonly title: string
  readonly body: string
  readonly period: string | null
  readonly projectIds: string[]
  /** The supervision orders that it is about; absent: none. */
  readonly orderIds?: string[]
  readonly why: string
  /** Why this person: policy, fact and role. */
  readonly grounds: readonly MessageGround[]
}

export const MOST_LINES = 50
/** A message names this many projects; its words tell how many there are. */
export const MOST_PROJECTS = 500

export const ROLE_NAMES: Record<PolicyRole, string> = {
  filer: '填报人',
  head: '单位负责人',
  leader: '责任领导',
  reviewer: '审核人',
  supervisor: '督查人员',
  doer: '办理人',
  operator: '系统管理员',
}

const cut = (lines: readonly string[], what: string): string[] =>
  lines.length <= MOST_LINES
    ? [...lines]
    : [...lines.slice(0, MOST_LINES), `……另有 ${lines.length - MOST_LINES} ${what}`]

/** What operators hear of rungs with nobody on them. */
export const wordMissingContacts = (missing: readonly MissingContact[]): Wording => ({
  kind: 'contactMissing',
  title: `缺少联系人：${missing.length} 处`,
  body: [
    '以下环节没有人可通知，已改为通知上一级：',
    ...cut(
      missing.map(
        ({ unitName, role, projectIds }) =>
          `· ${unitName ?? '未定责任单位'}：缺${ROLE_NAMES[role]}，涉及${projectIds.length === 0 ? '督办单' : ` ${projectIds.length} 个项目`}`,
      ),
      '处',
    ),
  ].join('\n'),
  period: null,
  projectIds: [...new Set(missing.flatMap(({ projectIds }) => projectIds))].slice(0, MOST_PROJECTS),
  why: '您是系统管理员',
  grounds: [{ policyId: null, fact: 'contact-missing', role: 'operator', count: missing.length }],
})

const FIELD_NAMES: Record<string, string> = {
  completedYuan: '本月完成投资',
  fundsReceived: '到位资金',
  visualProgress: '形象进度',
  difficulties: '困难和问题',
  nextSteps: '下一步工作',
  report: '报告',
}

/** What the filer hears of a returned report. */
export const wordReturn = (
  project: { readonly id: string; readonly name: string },
  period: string,
  reasons: readonly { readonly field: string; readonly reason: string }[],
  ground: { readonly policyId: string; readonly role: PolicyRole },
): Wording => ({
  kind: 'returned',
  title: `月报被退回：${project.name}（${period}）`,
  body: [
    '请修改后重新上报：',
    ...reasons.map(({ field, reason }) => `· ${FIELD_NAMES[field] ?? field}：${reason}`),
  ].join('\n'),
  period,
  projectIds: [project.id],
  why: `您是该项目的${ROLE_NAMES[ground.role]}`,
  grounds: [{ ...ground, fact: 'report-returned', count: 1 }],
})

/** What heads, leaders and supervisors hear of a bulletin. */
export const wordBulletin = (
  bulletin: {
    period: string
    number: number
    title: string
    isSimulated: boolean
  },
  ground: { readonly policyId: string; readonly role: RecipientRole },
): Wording => ({
  kind: 'bulletin',
  title: `第 ${bulletin.number} 期月通报已发布${bulletin.isSimulated ? '（演示数据）' : ''}`,
  body: bulletin.title,
  period: bulletin.period,
  projectIds: [],
  why: '月通报发送单位负责人、责任领导和督查人员',
  grounds: [{ ...ground, fact: 'bulletin-published', count: 1 }],
})

/** What operators hear when roll-ups are not the sum of what lies beneath them. */
export const wordDivergence = (
  { reconciledOn, differenceCount }: { readonly reconciledOn: string; readonly differenceCount: number },
  ground: { readonly policyId: string; readonly role: PolicyRole },
): Wording => ({
  kind: 'rollupsDiverged',
  title: `对账不符：${differenceCount} 处汇总与明细之和不等（${reconciledOn}）`,
  body: `每日对账发现 ${differenceCount} 处汇总与其下数据之和不等，逐项差异见“运行”。查明之前，涉及的汇总数不可引用。`,
  period: null,
  projectIds: [],
  why: `您是${ROLE_NAMES[ground.role]}`,
  grounds: [{ ...ground, fact: 'rollups-diverged', count: differenceCount }],
})
