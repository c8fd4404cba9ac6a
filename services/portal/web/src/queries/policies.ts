import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'
import { usePages } from './pages.ts'
import { everyPage } from './units.ts'

/** The policies in force. */
export const usePolicies = () =>
  useQuery({
    queryKey: ['policies'],
    queryFn: async () => (await api().listPolicies()).items,
    refetchInterval: false,
  })

/** Every version of one, newest first. */
export const usePolicyVersions = (id: Ref<string>) =>
  useQuery({
    queryKey: ['policies', id],
    queryFn: () => everyPage((page) => api().listPolicyVersions({ params: { id: id.value }, query: page })),
    refetchInterval: false,
  })

export interface PreviewFilter {
  readonly policyId?: string
  readonly personId?: string
}

/** What would be sent in the next 30 days. */
export const usePolicyPreview = (filter: Ref<PreviewFilter>) =>
  usePages(['policies', 'preview', filter], (page) => api().previewPolicies({ query: { ...filter.value, ...page } }))

/** The name of a policy by its code; the code itself while it is not known. */
export function usePolicyName() {
  const { data } = usePolicies()
  return computed(() => (id: string) => data.value?.find((one) => one.id === id)?.name ?? id)
}
