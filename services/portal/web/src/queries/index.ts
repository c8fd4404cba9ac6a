import { useQuery } from '@tanstack/vue-query'
import type { AlertKind, Grouping } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

const PAGE = 200

/** Who is signed in. */
export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: () => api().getCurrentSession(), refetchInterval: false })

export const useCycles = () =>
  useQuery({ queryKey: ['cycles'], queryFn: () => api().listCycles({ query: { limit: 24 } }) })

export const useSummary = (period: Ref<string>, groupBy: Ref<Grouping>) =>
  useQuery({
    queryKey: ['summary', period, groupBy],
    queryFn: () => api().getSummary({ query: { period: period.value, groupBy: groupBy.value } }),
    enabled: computed(() => period.value !== ''),
  })

/** Open alerts of one kind, or of every kind. */
export const useOpenAlerts = (kind?: AlertKind) =>
  useQuery({
    queryKey: ['alerts', 'open', kind],
    queryFn: () => api().listAlerts({ query: { state: 'open', limit: PAGE, ...(kind === undefined ? {} : { kind }) } }),
  })

export const useObligations = (period: Ref<string>) =>
  useQuery({
    queryKey: ['obligations', period],
    queryFn: () => api().listObligations({ params: { period: period.value }, query: { limit: PAGE } }),
  })

export const useSubmittedReports = (period: Ref<string>) =>
  useQuery({
    queryKey: ['reports', period],
    queryFn: () => api().listReports({ query: { period: period.value, awaitingMe: true, limit: PAGE } }),
  })

export const useDeliveries = () =>
  useQuery({ queryKey: ['deliveries'], queryFn: () => api().listDeliveries({ query: { limit: PAGE } }) })
