import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api } from '../api.ts'
import { everyPage } from './units.ts'

/** Everything that was done to a report, newest first. */
export const useReportActs = (id: Ref<string>, period: Ref<string>) =>
  useQuery({
    queryKey: ['report-acts', id, period],
    queryFn: async () => {
      const { items } = await api().listReportActs({ params: { id: id.value, period: period.value } })
      return items.reverse()
    },
  })

/** The corrections of one report, newest first. */
export const useCorrectionsOf = (projectId: Ref<string>, period: Ref<string>) =>
  useQuery({
    queryKey: ['corrections', projectId, period],
    queryFn: () =>
      everyPage((page) =>
        api().listCorrections({ query: { ...page, projectId: projectId.value, period: period.value } }),
      ),
  })

/** The corrections within reach that wait for a decision; of every state when asked for. */
export const useCorrections = (isAll: Ref<boolean>) =>
  useQuery({
    queryKey: ['corrections', isAll],
    queryFn: () =>
      everyPage((page) =>
        api().listCorrections({ query: { ...page, ...(isAll.value ? {} : { state: 'asked' as const }) } }),
      ),
  })
