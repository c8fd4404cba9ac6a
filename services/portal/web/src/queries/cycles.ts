import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api } from '../api.ts'

const LATEST = 50

export const useCycleRule = () =>
  useQuery({ queryKey: ['cycle-rule'], queryFn: () => api().getCycleRule(), refetchInterval: false })

export const useCycleRules = () =>
  useQuery({
    queryKey: ['cycle-rule', 'versions'],
    queryFn: async () => (await api().listCycleRules({ query: { limit: LATEST } })).items,
    refetchInterval: false,
  })

/** Due and lock of each month of a year: frozen ones, and those to come as the rule says now. */
export const useCyclePreview = (year: Ref<number>) =>
  useQuery({
    queryKey: ['cycle-rule', 'preview', year],
    queryFn: async () => (await api().previewCycles({ query: { year: year.value } })).items,
    refetchInterval: false,
  })

export const useWorkCalendar = (year: Ref<number>) =>
  useQuery({
    queryKey: ['work-calendar', year],
    queryFn: () => api().getWorkCalendar({ params: { year: year.value } }),
    refetchInterval: false,
  })

export const useReviewRule = () =>
  useQuery({ queryKey: ['review-rule'], queryFn: () => api().getReviewRule(), refetchInterval: false })
