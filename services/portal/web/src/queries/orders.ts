import { useQuery } from '@tanstack/vue-query'
import type { QueryOf, routes } from '@tiaodu/types'
import type { Ref } from 'vue'
import { api } from '../api.ts'
import { usePages } from './pages.ts'

export type OrderFilter = Omit<QueryOf<typeof routes.listOrders>, 'cursor' | 'limit'>

/** Orders within reach, newest first. */
export const useOrders = (filter: Ref<OrderFilter>) =>
  usePages(['orders', 'list', filter], (page) => api().listOrders({ query: { ...filter.value, ...page } }))

/** One with the part of each unit and everything that was done. */
export const useOrder = (id: Ref<string>) =>
  useQuery({ queryKey: ['orders', id], queryFn: () => api().getOrder({ params: { id: id.value } }) })

/** What became of the orders of a year, by unit. */
export const useOrderStatistics = (year: Ref<number>) =>
  useQuery({
    queryKey: ['orders', 'statistics', year],
    queryFn: async () => (await api().getOrderStatistics({ query: { year: year.value } })).units,
  })

/** How long orders may take. */
export const useOrderRule = () =>
  useQuery({ queryKey: ['order-rule'], queryFn: () => api().getOrderRule(), refetchInterval: false })
