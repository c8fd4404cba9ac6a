import {
  type MessageGround,
  type MessageKind,
  POLICY_FACTS,
  type PolicyRole,
  toDateOn,
  toDateTimeText,
} from '@tiaodu/types'
import { AT_ONCE, type Sending } from './channel-choice.ts'
import type { DigestLine } from './sweep.ts'
import { MOST_LINES, MOST_PROJECTS, ROLE_NAMES, type Wording } from './wording.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function lateness(dueAt: Date, now: Date): string {
  const hours = Math.floor((now.getTime() - dueAt.getTime()) / HOUR_MS)
  if (hours < 1) return '刚刚逾期'
  return hours < 24 ? `已逾期 ${hours} 小时` : `已逾期 ${Math.floor(hours / 24)} 天`
}

const daysPast = (dueAt: Date, now: Date) =>
  Math.round((Date.parse(toDateOn(now)) - Date.parse(toDateOn(dueAt))) / DAY_MS)

function whatOf({ subject: { fact, period, label, dueAt } }: DigestLine, now: Date): string {
  switch (fact) {
    case 'report-due':
      return `${period} 月报，${toDateTimeText(dueAt)} 截止`
    case 'report-overdue':
      return `${period} 月报，${lateness(dueAt, now)}`
    case 'step-slipped':
      return `${label}应于 ${toDateOn(dueAt)} 完成，已滞后 ${daysPast(dueAt, now)} 天`
    case 'difficulty-overdue':
      return `困难和问题（${label}）应于 ${toDateOn(dueAt)} 解决，已超期 ${daysPast(dueAt, now)} 天`
    default:
      return label ?? POLICY_FACTS[fact]
  }
}

const toLine = (line: DigestLine, now: Date): string => {
  const { projectName, unitName } = line.subject
  const broken = line.isPromiseBroken ? '承诺的日期已过，仍未办结：' : ''
  return `· ${projectName}（${unitName ?? '未定责任单位'}）${broken}${whatOf(line, now)}`
}

const COUNTED: Partial<Record<string, string>> = { 'report-due': '待上报', 'report-overdue': '逾期未报' }

/** How many of which fact, the gravest first. */
function toCounts(lines: readonly DigestLine[]): string {
  const counts = new Map<string, number>()
  for (const { subject } of lines) counts.set(subject.fact, (counts.get(subject.fact) ?? 0) + 1)
  return Object.keys(POLICY_FACTS)
    .filter((fact) => counts.has(fact))
    .sort((one, other) => Number(one === 'report-due') - Number(other === 'report-due'))
    .map((fact) =>
      fact === 'report-due' || fact === 'report-overdue'
        ? `${counts.get(fact)} 个项目${COUNTED[fact]}`
        : `${POLICY_FACTS[fact as keyof typeof POLICY_FACTS]} ${counts.get(fact)} 项`,
    )
    .join('，')
}

/** The policies behind a message, each with what its reader is to how many subjects. */
function toGrounds(lines: readonly DigestLine[]): MessageGround[] {
  const grounds = new Map<string, MessageGround>()
  for (const { policyId, subject, role } of lines) {
    const key = `${policyId} ${role} ${subject.fact}`
    grounds.set(key, { policyId, fact: subject.fact, role, count: (grounds.get(key)?.count ?? 0) + 1 })
  }
  return [...grounds.values()]
}

function kindOf(lines: readonly DigestLine[]): MessageKind {
  const facts = new Set(lines.map(({ subject }) => subject.fact))
  if (facts.has('report-overdue')) return 'overdue'
  if (facts.size === 1 && facts.has('report-due')) return 'reminder'
  return facts.size === 1 && facts.has('step-slipped') ? 'stepSlipped' : 'alert'
}

const TITLES: Partial<Record<MessageKind, string>> = {
  overdue: '逾期未报',
  reminder: '填报提醒',
  stepSlipped: '推进计划滞后',
}

function toTitle(kind: MessageKind, lines: readonly DigestLine[], periods: readonly string[]): string {
  const [first] = lines
  const isOneProject =
    first !== undefined && lines.every(({ subject }) => subject.projectId === first.subject.projectId)
  if (kind === 'stepSlipped' && isOneProject) return `推进计划滞后：${first.subject.projectName}（${lines.length} 项）`
  const about = periods.length === 0 ? '' : `（${periods.join('、')}）`
  return `${TITLES[kind] ?? '项目预警'}：${toCounts(lines)}${about}`
}

const unitOf = ({ subject }: DigestLine) => subject.unitName ?? '未定责任单位'

/** Lines by unit, overdue ones before reminders, with the unit as a heading when there are several; cut when they are many. */
function toSections(lines: readonly DigestLine[], now: Date): string[] {
  const units = new Map<string, DigestLine[]>()
  for (const isReminder of [false, true]) {
    for (const line of lines) {
      if ((line.subject.fact === 'report-due') !== isReminder) continue
      const own = units.get(unitOf(line))
      if (own === undefined) units.set(unitOf(line), [line])
      else own.push(line)
    }
  }
  const sections: string[] = []
  let left = lines.length
  for (const [unit, own] of units) {
    if (lines.length - left >= MOST_LINES) break
    if (units.size > 1) sections.push(`${unit}（${own.length} 项）`)
    const shown = own.slice(0, MOST_LINES - (lines.length - left))
    sections.push(...shown.map((line) => toLine(line, now)))
    left -= shown.length
  }
  return left === 0 ? sections : [...sections, `……另有 ${left} 项`]
}

/** What the policies behind a message say of how it goes out; a promise that was not kept goes out without a policy too. */
export function toSending(lines: readonly DigestLine[]): Sending {
  const rules = lines.flatMap(({ step }) => (step === null ? [] : [step.policy]))
  const unruled = rules.length < lines.length ? AT_ONCE.channels : []
  return {
    channels: [...new Set([...unruled, ...rules.flatMap(({ channels }) => channels)])],
    quietHours: rules.find(({ quietHours }) => quietHours !== null)?.quietHours ?? null,
    isDigest: rules.some(({ mode }) => mode === 'digest'),
  }
}

const whyOf = (role: PolicyRole) => (role === 'doer' ? '您是上述事项的办理人' : `您是上述项目的${ROLE_NAMES[role]}`)

/** The message of one person or group: counts first, then a line for each subject, by unit. */
export function wordDigest(lines: readonly DigestLine[], now: Date, whyGroup = ''): Wording {
  const kind = kindOf(lines)
  const periods = [...new Set(lines.flatMap(({ subject }) => subject.period ?? []))].sort()
  const role = lines[0]?.role ?? 'filer'
  const slept = Math.max(...lines.map(({ steps }) => steps))
  return {
    kind,
    title: toTitle(kind, lines, periods),
    body: [
      `${toCounts(lines)}。时间均为北京时间。`,
      ...(slept > 1 ? [`本条汇总包含此前应发而未发的 ${slept} 次通知，不再另发。`] : []),
      ...toSections(lines, now),
    ].join('\n'),
    period: periods.length === 1 ? (periods[0] ?? null) : null,
    projectIds: [...new Set(lines.map(({ subject }) => subject.projectId))].slice(0, MOST_PROJECTS),
    why: role === 'group' ? whyGroup : whyOf(role),
    grounds: toGrounds(lines),
  }
}
