import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

/** What an evaluation is asked with; '' is a filter that is not in use. */
export interface EvaluationQuery {
  readonly year: number
  readonly regionCode: string
  readonly source: string
}

export const useEvaluation = (asked: Ref<EvaluationQuery>) =>
  useQuery({
    queryKey: ['indicators', asked],
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
