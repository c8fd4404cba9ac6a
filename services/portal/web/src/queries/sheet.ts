import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api } from '../api.ts'

/** What is printed of a report, always as it is now. */
export const useSheet = (projectId: Ref<string>, period: Ref<string>) =>
  useQuery({
    queryKey: ['sheet', projectId, period],
    queryFn: () => api().getReportSheet({ params: { id: projectId.value, period: period.value } }),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  })
