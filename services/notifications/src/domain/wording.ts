import {
  type EventPayload,
  type MessageGround,
  type MessageKind,
  type RecipientRole,
  type Rung,
  STEP_KINDS,
  toDateOn,
  toDateTimeText,
} from '@tiaodu/types'
import type { DigestLine, MissingContact } from './sweep.ts'

/** A message in words, before it has an id and a reader. */
export interface Wording {
  readonly kind: MessageKind
  readonly title: string
  readonly body: string
  readonly period: string | null
  readonly projectIds: string[]
  readonly why: string
  /** Why this person: policy, fact and role. */
  readonly grounds: readonly MessageGround[]
}

const MOST_LINES = 50
const RUNG_NAMES: Record<Rung, string> = {
  filer: '填报人',
  head: '单位负责人',
  leader: '责任领导',
  supervisor: '督查人员',
}

const HOUR_MS = 3_600_000

function lateness(dueAt: Date, now: Date): string {
  const hours = Math.floor((now.getTime() - dueAt.getTime()) / HOUR_MS)
  if (hours < 1) return '刚刚逾期'
  return hours < 24 ? `已逾期 ${hours} 小时` : `已逾期 ${Math.floor(hours / 24)} 天`
}

const toLine = ({ obligation, kind }: DigestLine, now: Date): string => {
  const { projectName, unitName, period, dueAt } = obligation
  const due = kind === 'overdue' ? lateness(dueAt, now) : `${toDateTimeText(dueAt)} 截止`
  return `· ${projectName}（${unitName ?? '未定责任单位'}）${period} 月报，${due}`
}

const cut = (lines: readonly string[], what: string): string[] =>
  lines.length <= MOST_LINES
    ? [...lines]
    : [...lines.slice(0, MOST_LINES), `……另有 ${lines.length - MOST_LINES} ${what}`]

/** The policies behind a digest, each with what its reader is to how many projects. */
function toGrounds(lines: readonly DigestLine[]): MessageGround[] {
  const grounds = new Map<string, MessageGround>()
  for (const { policyId, kind, rung: role } of lines) {
    const fact = kind === 'overdue' ? 'report-overdue' : 'report-due'
    const key = `${policyId} ${role} ${fact}`
    grounds.set(key, { policyId, fact, role, count: (grounds.get(key)?.count ?? 0) + 1 })
  }
  return [...grounds.values()]
}

/** One person's digest: counts first, then a line per project. */
export function wordDigest(lines: readonly DigestLine[], now: Date): Wording {
  const overdue = lines.filter(({ kind }) => kind === 'overdue')
  const reminders = lines.filter(({ kind }) => kind === 'reminder')
  const periods = [...new Set(lines.map(({ obligation }) => obligation.period))].sort()
  const counts = [
    ...(overdue.length > 0 ? [`${overdue.length} 个项目逾期未报`] : []),
    ...(reminders.length > 0 ? [`${reminders.length} 个项目待上报`] : []),
  ].join('，')
  const slept = Math.max(...lines.map(({ steps }) => steps))
  const rung = lines[0]?.rung ?? 'filer'
  const sorted = [...overdue, ...reminders].map((line) => toLine(line, now))
  return {
    kind: overdue.length > 0 ? 'overdue' : 'reminder',
    title: `${overdue.length > 0 ? '逾期未报' : '填报提醒'}：${counts}（${periods.join('、')}）`,
    body: [
      `${counts}。时间均为北京时间。`,
      ...(slept > 1 ? [`本条汇总包含此前应发而未发的 ${slept} 次通知，不再另发。`] : []),
      ...cut(sorted, '个项目'),
    ].join('\n'),
    period: periods.length === 1 ? (periods[0] ?? null) : null,
    projectIds: [...new Set(lines.map(({ obligation }) => obligation.projectId))],
    why: `您是上述项目的${RUNG_NAMES[rung]}`,
    grounds: toGrounds(lines),
  }
}

/** What operators hear of rungs with nobody on them. */
export const wordMissingContacts = (missing: readonly MissingContact[]): Wording => ({
  kind: 'contactMissing',
  title: `缺少联系人：${missing.length} 处`,
  body: [
    '以下环节没有人可通知，已改为通知上一级：',
    ...cut(
      missing.map(
        ({ unitName, rung, projectIds }) =>
          `· ${unitName ?? '未定责任单位'}：缺${RUNG_NAMES[rung]}，涉及 ${projectIds.length} 个项目`,
      ),
      '处',
    ),
  ].join('\n'),
  period: null,
  projectIds: [...new Set(missing.flatMap(({ projectIds }) => projectIds))],
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
): Wording => ({
  kind: 'returned',
  title: `月报被退回：${project.name}（${period}）`,
  body: [
    '请修改后重新上报：',
    ...reasons.map(({ field, reason }) => `· ${FIELD_NAMES[field] ?? field}：${reason}`),
  ].join('\n'),
  period,
  projectIds: [project.id],
  why: '您是该项目的填报人',
  grounds: [{ policyId: null, fact: 'report-returned', role: 'filer', count: 1 }],
})

const DAY_MS = 24 * HOUR_MS

/** What is told of steps of a push plan that have slipped. */
export function wordSlips(
  project: { readonly id: string; readonly name: string },
  steps: EventPayload<'steps.slipped.v1'>['steps'],
  role: 'filer' | 'head' | 'leader' | 'supervisor' | 'doer',
  now: Date,
): Wording {
  const today = Date.parse(toDateOn(now))
  const lines = steps.map(({ kind, name, dueOn }) => {
    const days = Math.round((today - Date.parse(dueOn)) / DAY_MS)
    return `· ${STEP_KINDS[kind]}“${name}”应于 ${dueOn} 完成，已滞后 ${days} 天`
  })
  return {
    kind: 'stepSlipped',
    title: `推进计划滞后：${project.name}（${steps.length} 项）`,
    body: ['请办理，或调整期限并说明原因：', ...cut(lines, '项')].join('\n'),
    period: null,
    projectIds: [project.id],
    why: role === 'doer' ? '您是上述步骤的办理人' : '您负责该项目',
    grounds: [{ policyId: null, fact: 'step-slipped', role, count: steps.length }],
  }
}

/** What heads, leaders and supervisors hear of a bulletin. */
export const wordBulletin = (
  bulletin: {
    period: string
    number: number
    title: string
    isSimulated: boolean
  },
  role: RecipientRole,
): Wording => ({
  kind: 'bulletin',
  title: `第 ${bulletin.number} 期月通报已发布${bulletin.isSimulated ? '（演示数据）' : ''}`,
  body: bulletin.title,
  period: bulletin.period,
  projectIds: [],
  why: '月通报发送单位负责人、责任领导和督查人员',
  grounds: [{ policyId: null, fact: 'bulletin-published', role, count: 1 }],
})
