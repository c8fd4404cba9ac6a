import type { QueryOf, routes } from '@tiaodu/types'
import type { Ref } from 'vue'
import { api } from '../api.ts'
import { usePages } from './pages.ts'

export type DeliveryFilter = Omit<QueryOf<typeof routes.listDeliveries>, 'cursor' | 'limit'>

/** What was sent, newest first. */
export const useDeliveryLog = (filter: Ref<DeliveryFilter>) =>
  usePages(['deliveries', filter], (page) => api().listDeliveries({ query: { ...filter.value, ...page } }))

/** Where the system may send events to. */
export const useEndpoints = () => usePages(['endpoints'], (page) => api().listEndpoints({ query: page }))
