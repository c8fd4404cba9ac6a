import { ClientProblem } from '@tiaodu/client'
import type { Bulletin, Obligation } from '@tiaodu/types'
import type { System } from '../local/system.ts'
import type { ClockFile } from './clock-file.ts'
import { fractionOf } from './figures.ts'
import type { Ledger } from './ledger.ts'
import { approveReport, fileReport, forEach, listAllObligations, type Players } from './month.ts'
import { DEMO_BULLETIN, printBulletin } from './print-bulletin.ts'
import { waitUntilSettled, waitUntilSwept } from './settle.ts'
import { ROLE_NAMES, type Timeline } from './timeline.ts'

/** What a month is played with. */
export interface Stage {
  readonly system: System
  readonly players: Players
  readonly clock: ClockFile
  readonly ledger: Ledger
  readonly timeline: Timeline
  /** Called after the clock has moved and before the system has settled; the fault test kills workers here. */
  readonly disturb?: (instant: Date) => Promise<void>
}

/** The month that the demo plays; its due instant is moved from Saturday the 5th to Monday the 7th of December. */
export const DEMO_PERIOD = '2026-11'

/** Issues the bulletin; one that is out, since the month was played before, stays as it is. */
async function issueBulletin({ supervisor }: Players): Promise<Bulletin> {
  const params = { period: DEMO_PERIOD }
  await supervisor.putBulletinDraft({ params, body: DEMO_BULLETIN }).catch((error) => {
    if (!(error instanceof ClientProblem) || error.code !== 'bulletin-published') throw error
  })
  return await supervisor.publishBulletin({ params })
}

/** Which projects file when; decided by name, so that every run and every machine plays the same. */
export const isLateInDemo = ({ projectName }: Obligation) => fractionOf(`demo late ${projectName}`) < 0.2
export const isNeverFiledInDemo = (obligation: Obligation) =>
  isLateInDemo(obligation) && fractionOf(`demo never ${obligation.projectName}`) < 0.3

const at = (text: string) => new Date(`${text}:00+08:00`)

async function moveTo(stage: Stage, instant: Date, title: string): Promise<void> {
  stage.clock.set(instant)
  stage.timeline.moment(instant, title)
  await stage.disturb?.(instant)
  await waitUntilSwept(stage.system.options.databaseUrl, instant)
  await waitUntilSettled(stage.system.options.databaseUrl)
}

async function tellMessages({ ledger, timeline }: Stage, instant: Date): Promise<void> {
  for (const { role, kind, messages, projects } of await ledger.sentSince(instant)) {
    timeline.line(
      `${ROLE_NAMES[role] ?? role}: ${messages} 人各收到 1 条${kind === 'reminder' ? '提醒' : '逾期'}汇总，涉及 ${projects} 个项目次`,
    )
  }
}

async function tellAlerts({ ledger, timeline }: Stage): Promise<void> {
  const { opened, closed, byRung } = await ledger.alerts(DEMO_PERIOD)
  const rungs = Object.entries(byRung).map(([rung, count]) => `${ROLE_NAMES[rung] ?? rung} ${count}`)
  timeline.line(`预警: 共 ${opened} 条，已自动关闭 ${closed} 条，未关闭在 ${rungs.join('、') || '—'}`)
}

async function file(stage: Stage, obligations: readonly Obligation[], who: string): Promise<void> {
  const filed = await forEach(obligations, (obligation) => fileReport(stage.players, obligation))
  stage.timeline.line(
    `${who}上报 ${obligations.length} 个项目${filed < obligations.length ? `（${obligations.length - filed} 个此前已报，未重复）` : ''}`,
  )
}

async function approve(stage: Stage, obligations: readonly Obligation[]): Promise<void> {
  const approved = await forEach(obligations, (obligation) => approveReport(stage.players, obligation))
  stage.timeline.line(
    `审核人通过 ${obligations.length} 个项目${approved < obligations.length ? `（${obligations.length - approved} 个此前已通过，未重复）` : ''}`,
  )
}

/** The reviewer returns one report with a reason, its filer mends it, the reviewer approves. */
async function returnOne(stage: Stage, obligation: Obligation): Promise<void> {
  const { players, timeline } = stage
  const params = { id: obligation.projectId, period: obligation.period }
  const { state, returnReasons } = await players.reviewer.getReport({ params })
  const isDue = state === 'submitted' && returnReasons.length === 0
  if (isDue) {
    const reasons = [{ field: 'visualProgress' as const, reason: '请写明本月完成的部位和工程量' }]
    await players.reviewer.returnReport({ params, body: { reasons } })
  }
  timeline.line(
    `审核人退回 ${obligation.projectName}：形象进度——请写明本月完成的部位和工程量${isDue ? '' : '（此前已退回）'}`,
  )
  await waitUntilSettled(stage.system.options.databaseUrl)
}

/** Plays the whole month; a second time everything is found as it is and nothing is doubled. */
export async function playMonth(stage: Stage): Promise<void> {
  const { players, timeline } = stage
  await moveTo(stage, at('2026-11-20T09:00'), '月报期开启')
  const cycle = await players.operator.openCycle({ body: { period: DEMO_PERIOD } })
  const obligations = await listAllObligations(players.operator, DEMO_PERIOD)
  timeline.line(
    `${DEMO_PERIOD} 应报 ${obligations.length} 个项目，截止 ${timeline.text(cycle.dueAt)}（5 日逢周六顺延），锁定 ${timeline.text(cycle.lockAt)}`,
  )
  const late = obligations.filter(isLateInDemo)
  const inTime = obligations.filter((obligation) => !isLateInDemo(obligation))
  const [returned, ...others] = inTime
  if (returned === undefined) throw new Error('There is nothing to report')

  await moveTo(stage, at('2026-11-28T10:00'), '各单位填报')
  await file(stage, inTime, '各单位填报人')
  await moveTo(stage, at('2026-11-28T15:00'), '审核')
  await returnOne(stage, returned)
  await approve(stage, others)
  await moveTo(stage, at('2026-11-30T09:30'), '被退回的项目重新上报')
  await file(stage, [returned], '填报人修改后')
  await approve(stage, [returned])

  for (const [text, title] of [
    ['2026-12-02T09:00', '截止前 3 个工作日'],
    ['2026-12-04T09:00', '截止前 1 个工作日'],
    ['2026-12-07T09:00', '截止当日'],
    ['2026-12-07T18:00', '截止时刻已到，仍未报的转为逾期'],
    ['2026-12-08T09:00', '逾期 1 个工作日，上升到责任领导'],
  ] as const) {
    await moveTo(stage, at(text), title)
    await tellMessages(stage, at(text))
  }
  await tellAlerts(stage)
  await moveTo(stage, at('2026-12-08T15:00'), '部分单位补报，预警自动关闭')
  await file(
    stage,
    late.filter((obligation) => !isNeverFiledInDemo(obligation)),
    '逾期单位',
  )
  await waitUntilSettled(stage.system.options.databaseUrl)
  await tellAlerts(stage)
  await moveTo(stage, at('2026-12-10T09:00'), '逾期 3 个工作日，上升到督查室')
  await tellMessages(stage, at('2026-12-10T09:00'))
  await tellAlerts(stage)
  await moveTo(stage, at('2026-12-11T16:00'), '审核补报，发布月通报')
  await approve(
    stage,
    late.filter((obligation) => !isNeverFiledInDemo(obligation)),
  )
  const bulletin = await issueBulletin(players)
  printBulletin(bulletin, timeline)
  await waitUntilSettled(stage.system.options.databaseUrl)
}
