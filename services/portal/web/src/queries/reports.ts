import { type QueryClient, useQuery } from '@tanstack/vue-query'
import type { Report } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'
import { everyPage } from './units.ts'

const useEvery = (period: Ref<string>, awaitingMe: boolean) =>
  useQuery({
    queryKey: ['month-reports', period, awaitingMe],
    queryFn: () =>
      everyPage((page) => api().listMonthReports({ params: { period: period.value }, query: { ...page, awaitingMe } })),
    enabled: computed(() => period.value !== ''),
  })

/** What has to be reported for a period, each in full. */
export const useMonthReports = (period: Ref<string>) => useEvery(period, false)

/** What of it waits for the review of the one who is signed in. */
export const useReviewQueue = (period: Ref<string>) => useEvery(period, true)

/** A report always as it is now: somebody is about to change it. */
export const useReport = (projectId: Ref<string>, period: Ref<string>) =>
  useQuery({
    queryKey: ['report', projectId, period],
    queryFn: () => api().getReport({ params: { id: projectId.value, period: period.value } }),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  })

/** What was saved stands in the lists at once, without asking for them again. */
export function noteReport(queries: QueryClient, report: Report): void {
  const isIt = ({ projectId }: Report) => projectId === report.projectId
  queries.setQueriesData<Report[]>({ queryKey: ['month-reports', report.period] }, (items) =>
    items?.map((item) => (isIt(item) ? report : item)),
  )
}

/** What else changes when a report is filed or decided; the report in hand stays as it is. */
export const refreshAround = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'report' })

/** Planned and received funds of a project by source. */
export const useProjectFunds = (id: Ref<string>) =>
  useQuery({
    queryKey: ['project-funds', id],
    queryFn: () => api().getProjectFunds({ params: { id: id.value } }),
    enabled: computed(() => id.value !== ''),
    refetchInterval: false,
  })
