import { useQuery } from '@tanstack/vue-query'
import type { FundGrouping } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

/** Funds received up to a month against the funding plans, and what is unpaid. */
export const useFunds = (period: Ref<string>, groupBy: Ref<FundGrouping>) =>
  useQuery({
    queryKey: ['funds', period, groupBy],
    queryFn: () => api().getFunds({ query: { period: period.value, groupBy: groupBy.value } }),
    enabled: computed(() => period.value !== ''),
    refetchInterval: false,
  })

/** Policy funds received in a year against the targets of the regions. */
export const usePolicyFunds = (year: Ref<number>) =>
  useQuery({
    queryKey: ['policy-funds', year],
    queryFn: async () => (await api().listPolicyFunds({ query: { year: year.value } })).items,
    refetchInterval: false,
  })
