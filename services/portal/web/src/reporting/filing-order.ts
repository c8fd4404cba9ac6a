import type { Report } from '@tiaodu/types'

/** What the filer still has to do, returned ones before all others; drafts stay where they were before they were begun. */
const PLACES = { returned: 0, expected: 1, draft: 1, submitted: 2, approved: 3 } as const

export const isTodo = ({ state }: Pick<Report, 'state'>): boolean => PLACES[state] < PLACES.submitted

export const inFilingOrder = (reports: readonly Report[]): Report[] =>
  [...reports].sort(
    (a, b) => PLACES[a.state] - PLACES[b.state] || a.projectName.localeCompare(b.projectName, 'zh-Hans-CN'),
  )
