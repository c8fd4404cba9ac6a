import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { QueryOf, routes } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'
import { everyPage } from './units.ts'

const PAGE = 50

export type DifficultyFilter = Omit<QueryOf<typeof routes.listDifficulties>, 'cursor' | 'limit'>

/** The ledger, the earliest due day first. */
export const useDifficulties = (filter: Ref<DifficultyFilter>) =>
  useInfiniteQuery({
    queryKey: ['difficulties', filter],
    queryFn: ({ pageParam }) =>
      api().listDifficulties({
        query: { ...filter.value, limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

/** Reports of a month that tell of a difficulty which is not in the ledger. */
export const useUnregistered = (period: Ref<string>) =>
  useQuery({
    queryKey: ['difficulties', 'unregistered', period],
    queryFn: () =>
      everyPage((page) => api().listUnregisteredDifficulties({ query: { ...page, period: period.value } })),
    enabled: computed(() => period.value !== ''),
  })

/** What has become of the difficulties in a month. */
export const useDifficultyAnalysis = (period: Ref<string>) =>
  useQuery({
    queryKey: ['difficulties', 'analysis', period],
    queryFn: () => api().analyseDifficulties({ query: { period: period.value } }),
    enabled: computed(() => period.value !== ''),
  })

/** One with everything that was done about it. */
export const useDifficulty = (id: Ref<string>) =>
  useQuery({ queryKey: ['difficulties', id], queryFn: () => api().getDifficulty({ params: { id: id.value } }) })
