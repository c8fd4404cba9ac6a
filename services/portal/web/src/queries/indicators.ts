import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'
import { language } from '../i18n/index.ts'

/** What an evaluation is asked with; '' is a filter that is not in use. */
export interface EvaluationQuery {
  readonly year: number
  readonly regionCode: string
  readonly source: string
}

export const useEvaluation = (asked: Ref<EvaluationQuery>) =>
  useQuery({
    // Reasons are told in the language of the page.
    queryKey: ['indicators', asked, language],
    queryFn: () => {
      const { year, regionCode, source } = asked.value
      return api().evaluateIndicators({
        query: { year, ...(regionCode === '' ? {} : { regionCode }), ...(source === '' ? {} : { source }) },
      })
    },
    placeholderData: (previous) => previous,
  })

const LATEST = 50

export const useIndicatorChanges = (id: Ref<string>) =>
  useQuery({
    queryKey: ['indicators', id, 'changes'],
    queryFn: () => api().listIndicatorChanges({ params: { id: id.value }, query: { limit: LATEST } }),
    enabled: computed(() => id.value !== ''),
  })

/** Yearly targets and results of programmes; loading others makes them stale with the indicators. */
export const useTargetPages = () =>
  useInfiniteQuery({
    queryKey: ['indicators', 'targets'],
    queryFn: ({ pageParam }) =>
      api().listAnnualTargets({ query: { limit: 100, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: false,
  })
