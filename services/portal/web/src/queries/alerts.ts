import { useQuery } from '@tanstack/vue-query'
import type { QueryOf, routes } from '@tiaodu/types'
import type { Ref } from 'vue'
import { api } from '../api.ts'
import { usePages } from './pages.ts'

export type AlertFilter = Omit<QueryOf<typeof routes.listAlerts>, 'cursor' | 'limit'>

/** Alerts within reach, newest first. */
export const useAlerts = (filter: Ref<AlertFilter>) =>
  usePages(['alerts', 'list', filter], (page) => api().listAlerts({ query: { ...filter.value, ...page } }))

/** Open alerts counted by unit or by filer. */
export const useAlertGroups = (by: Ref<'unit' | 'filer'>) =>
  useQuery({
    queryKey: ['alerts', 'groups', by],
    queryFn: async () => (await api().listAlertGroups({ query: { by: by.value } })).items,
  })

/** One with everything that has happened to it. */
export const useAlert = (id: Ref<string>) =>
  useQuery({ queryKey: ['alerts', id], queryFn: () => api().getAlert({ params: { id: id.value } }) })
