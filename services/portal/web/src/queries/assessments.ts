import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api } from '../api.ts'

/** 全年总评 of a year. */
export const useAssessment = (year: Ref<string>) =>
  useQuery({
    queryKey: ['assessment', year],
    queryFn: () => api().getAssessment({ params: { year: Number(year.value) } }),
    refetchInterval: false,
  })

/** 季点评 of a quarter. */
export const useQuarterComments = (quarter: Ref<string>) =>
  useQuery({
    queryKey: ['quarter-comments', quarter],
    queryFn: () => api().getQuarterComments({ params: { quarter: quarter.value } }),
    refetchInterval: false,
  })

/** 半年观摩 of a half year. */
export const useSiteReview = (half: Ref<string>) =>
  useQuery({
    queryKey: ['site-review', half],
    queryFn: () => api().getSiteReview({ params: { half: half.value } }),
    refetchInterval: false,
  })
