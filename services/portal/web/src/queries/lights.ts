import { useInfiniteQuery } from '@tanstack/vue-query'
import type { QueryOf, routes } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

const PAGE = 50

export type LightFilter = Omit<QueryOf<typeof routes.listLights>, 'cursor' | 'limit'>

/** The lights of a month, each with its reasons. */
export const useLights = (filter: Ref<LightFilter>) =>
  useInfiniteQuery({
    queryKey: ['lights', filter],
    queryFn: ({ pageParam }) =>
      api().listLights({ query: { ...filter.value, limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: computed(() => filter.value.period !== ''),
    refetchInterval: false,
  })
