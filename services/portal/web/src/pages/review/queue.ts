import type { Report } from '@tiaodu/types'

/** What the queue is narrowed to: all of it, what the checks found something in, what they did not, what came late. */
export const VIEWS = {
  queueAll: () => true,
  queueFound: ({ findings }: Report) => findings.length > 0,
  queueClean: ({ findings }: Report) => findings.length === 0,
  queueLate: ({ isLate }: Report) => isLate,
} as const
export type QueueView = keyof typeof VIEWS

/** Yuan of this month above last month; all of it when nothing was filed before. */
export const changeOf = ({ entry, previous }: Report): number =>
  (entry.completedYuan ?? 0) - (previous?.completedYuan ?? 0)

const byText = (a: string | null, b: string | null) => (a ?? '').localeCompare(b ?? '', 'zh-Hans-CN')

/** In which order: who waits the longest, by unit, by the largest change, by what was found. */
export const ORDERS = {
  orderWaiting: (a: Report, b: Report) => byText(a.submittedAt, b.submittedAt),
  orderUnit: (a: Report, b: Report) => byText(a.unitName, b.unitName) || byText(a.projectName, b.projectName),
  orderChange: (a: Report, b: Report) => Math.abs(changeOf(b)) - Math.abs(changeOf(a)),
  orderFindings: (a: Report, b: Report) => b.findings.length - a.findings.length,
} as const
export type QueueOrder = keyof typeof ORDERS

export interface QueueFilter {
  readonly view: QueueView
  readonly order: QueueOrder
  /** '' for every unit. */
  readonly unitId: string
}

export const narrow = (reports: readonly Report[], { view, order, unitId }: QueueFilter): Report[] =>
  reports
    .filter((report) => VIEWS[view](report) && (unitId === '' || report.unitId === unitId))
    .sort((a, b) => ORDERS[order](a, b) || byText(a.projectId, b.projectId))

/** What of a bulk request was refused, by project: `reports.3.version` is the fourth that was asked for. */
export const refusalsOf = (
  fields: readonly { readonly field: string; readonly reason: string }[],
  asked: readonly Pick<Report, 'projectId'>[],
): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ field, reason }) => {
      const report = asked[Number(field.split('.')[1])]
      return report === undefined ? [] : [[report.projectId, reason]]
    }),
  )
