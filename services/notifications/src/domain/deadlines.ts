import { addDays, toDateOn, toDateTimeText } from '@tiaodu/types'

/** What lies before one person, as it is kept. */
export interface KnownDeadlines {
  readonly reports: readonly {
    readonly period: string
    readonly dueAt: Date
    readonly count: number
    /** Up to ten of the projects. */
    readonly projectNames: readonly string[]
  }[]
  readonly flows: readonly {
    readonly id: string
    readonly number: string
    readonly title: string
    readonly unitName: string | null
    readonly dueAt: Date
    /** Null when it is signed for. */
    readonly signBy: Date | null
    readonly version: number
  }[]
  readonly promises: readonly {
    readonly alertId: string
    readonly projectName: string
    readonly label: string
    readonly promisedOn: string
  }[]
}

interface DueDay {
  readonly id: string
  readonly projectName: string
  readonly dueOn: string
  readonly version: number
}

/** What other services keep of what falls due for a person. */
export interface KeptElsewhere {
  readonly steps: readonly (DueDay & { readonly name: string })[]
  readonly difficulties: readonly (DueDay & { readonly description: string })[]
}

/** One entry of a calendar. */
export interface Deadline {
  /** Stays the same as long as it is the same deadline, also when it is moved. */
  readonly uid: string
  /** An instant, or a whole day. */
  readonly at: Date | string
  readonly summary: string
  readonly description: string
  /** Grows when the deadline is changed. */
  readonly sequence: number
  /** Seconds before it at which the reader is reminded. */
  readonly alarms: readonly number[]
}

/** What was due so long ago and is open still is history. */
export const SHOWN_DAYS = 60
const HOUR = 3_600
const DAY = 24 * HOUR
const overdue = (at: Date, now: Date) => (at <= now ? '【逾期】' : '')
/** What has passed reminds nobody any more. */
const alarmsOf = (at: Date, now: Date, alarms: readonly number[]) => (at <= now ? [] : alarms)

// Nine in the morning of the day before.
const MORNING_BEFORE = 15 * HOUR

function toDays({ steps, difficulties }: KeptElsewhere, now: Date): Deadline[] {
  const today = toDateOn(now)
  const since = addDays(today, -SHOWN_DAYS)
  const day = ({ dueOn, version }: DueDay, uid: string, summary: string, description: string): Deadline => ({
    ...{ uid, at: dueOn, description, sequence: version },
    summary: `${dueOn < today ? '【逾期】' : ''}${summary}`,
    alarms: dueOn < today ? [] : [MORNING_BEFORE],
  })
  return [
    ...steps.map((step) => day(step, `step-${step.id}`, `${step.name}：${step.projectName}`, '推进计划应完成日期')),
    ...difficulties.map((one) => day(one, `difficulty-${one.id}`, `困难和问题：${one.projectName}`, one.description)),
  ].filter(({ at }) => typeof at === 'string' && at >= since)
}

/** The deadlines of a person, the earliest first. */
export function toDeadlines(
  { reports, flows, promises }: KnownDeadlines,
  elsewhere: KeptElsewhere,
  now: Date,
): Deadline[] {
  const filing = reports.map(({ period, dueAt, count, projectNames }): Deadline => {
    const rest = count - projectNames.length
    const names = projectNames.map((name) => `· ${name}`)
    return {
      uid: `report-${period}-${dueAt.getTime()}`,
      at: dueAt,
      summary: `${overdue(dueAt, now)}${period} 月报截止（${count} 个项目）`,
      description: [...names, ...(rest > 0 ? [`……另有 ${rest} 个项目`] : [])].join('\n'),
      ...{ sequence: 0, alarms: alarmsOf(dueAt, now, [DAY, 3 * HOUR]) },
    }
  })
  const orders = flows.flatMap(({ id, number, title, unitName, dueAt, signBy, version }): Deadline[] => {
    const about = {
      description: `${title}\n承办单位：${unitName ?? ''}\n办理期限：${toDateTimeText(dueAt)}`,
      sequence: version,
    }
    const due = `${overdue(dueAt, now)}督办单${number}办理期限：${title}`
    const handling = { ...about, uid: `order-due-${id}`, at: dueAt, summary: due, alarms: alarmsOf(dueAt, now, [DAY]) }
    if (signBy === null) return [handling]
    const sign = `${overdue(signBy, now)}督办单${number}签收：${title}`
    return [
      { ...about, uid: `order-sign-${id}`, at: signBy, summary: sign, alarms: alarmsOf(signBy, now, [2 * HOUR]) },
      handling,
    ]
  })
  const settling = promises.map(
    ({ alertId, projectName, label, promisedOn }): Deadline => ({
      uid: `promise-${alertId}`,
      at: promisedOn,
      summary: `承诺办结：${projectName}`,
      description: label,
      ...{ sequence: 0, alarms: [MORNING_BEFORE] },
    }),
  )
  const timeOf = ({ at }: Deadline) => (typeof at === 'string' ? Date.parse(at) : at.getTime())
  return [...filing, ...orders, ...settling, ...toDays(elsewhere, now)].sort(
    (one, other) => timeOf(one) - timeOf(other) || one.uid.localeCompare(other.uid),
  )
}
