import type { Client } from '@tiaodu/client'
import type { Obligation } from '@tiaodu/types'
import { simulatedExplanation, simulatedMonth, simulatedProgress } from './figures.ts'

/** The clients a month is played with. */
export interface Players {
  /** Acts as the filer of a unit. */
  filerOf(unitId: string): Promise<Client>
  readonly reviewer: Client
  readonly supervisor: Client
  readonly operator: Client
}

/** Every obligation of a period. */
export async function listAllObligations(client: Client, period: string): Promise<Obligation[]> {
  const obligations: Obligation[] = []
  for (let cursor: string | undefined; ; ) {
    const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const page = await client.listObligations({ params: { period }, query })
    obligations.push(...page.items)
    if (page.nextCursor === null) return obligations
    cursor = page.nextCursor
  }
}

/** Files the simulated report of one obligation. @returns false when it was filed before */
export async function fileReport(players: Players, obligation: Obligation): Promise<boolean> {
  const { projectId, projectName, period, unitId } = obligation
  const filer = await players.filerOf(unitId ?? '')
  const params = { id: projectId, period }
  const report = await filer.getReport({ params })
  if (report.state === 'submitted' || report.state === 'approved') return false
  const planned = report.computed.plannedYuan ?? 0
  const completedYuan = simulatedMonth(projectName, period, planned)
  const body = {
    completedYuan,
    fundsReceived: [{ source: 'ownFunds' as const, yuan: completedYuan }],
    visualProgress: simulatedProgress(period),
    nextSteps: '按推进计划继续施工（演示数据）',
  }
  const { findings } = await filer.saveReport({ params, body })
  const explanations = findings.map(({ code }) => ({ code, text: simulatedExplanation(code) }))
  if (explanations.length > 0) await filer.saveReport({ params, body: { ...body, explanations } })
  await filer.submitReport({ params })
  return true
}

/** Approves one filed report. @returns false when it was approved before */
export async function approveReport(players: Players, obligation: Obligation): Promise<boolean> {
  const params = { id: obligation.projectId, period: obligation.period }
  const report = await players.reviewer.getReport({ params })
  if (report.state !== 'submitted') return false
  await players.reviewer.approveReport({ params })
  return true
}

const AT_ONCE = 4

/** Does `work` for each item, a few at a time. @returns how many said true */
export async function forEach<T>(items: readonly T[], work: (item: T) => Promise<boolean>): Promise<number> {
  const waiting = [...items]
  let done = 0
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) if (await work(item)) done++
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return done
}

/** A month of the past in which everybody filed in time and everything was approved. */
export async function playQuietMonth(players: Players, period: string): Promise<number> {
  await players.operator.openCycle({ body: { period } })
  const obligations = await listAllObligations(players.operator, period)
  await forEach(obligations, (obligation) => fileReport(players, obligation))
  return await forEach(obligations, (obligation) => approveReport(players, obligation))
}
