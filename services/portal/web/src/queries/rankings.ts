import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { RankedKind, ReportState } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

/** The ranking of a month within each peer group. */
export const useRanking = (period: Ref<string>, of: Ref<RankedKind>) =>
  useQuery({
    queryKey: ['ranking', period, of],
    queryFn: () => api().getRanking({ query: { period: period.value, of: of.value } }),
    enabled: computed(() => period.value !== ''),
    refetchInterval: false,
  })

/** Every version of the formula, newest first. */
export const useFormulas = (of: Ref<RankedKind>) =>
  useQuery({
    queryKey: ['ranking-formulas', of],
    queryFn: async () => (await api().listRankingFormulas({ params: { of: of.value } })).items,
    refetchInterval: false,
  })

const PAGE = 50

export interface ReportFilter {
  readonly period?: string
  readonly unitId?: string
  readonly status?: ReportState
}

/** Saved reports, newest period first, page by page. */
export const useReports = (filter: Ref<ReportFilter>) =>
  useInfiniteQuery({
    queryKey: ['reports-list', filter],
    queryFn: ({ pageParam }) =>
      api().listReports({
        query: { ...filter.value, limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: false,
  })
