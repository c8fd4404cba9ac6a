import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { ReserveState } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

/** The steps of the reserve pool in their order. */
export const RESERVE_STATES: readonly ReserveState[] = ['proposed', 'listed', 'notListed', 'added', 'withdrawn']

const PAGE = 50
const pageFrom = (cursor: string) => ({ limit: PAGE, ...(cursor === '' ? {} : { cursor }) })

export const useSavedViews = () =>
  useQuery({ queryKey: ['saved-views'], queryFn: () => api().listSavedViews(), refetchInterval: false })

/** The members of a programme in a year, those taken in last first. */
export const useMembers = (id: Ref<string>, year: Ref<number>, withLeft: Ref<boolean>) =>
  useInfiniteQuery({
    queryKey: ['programme', id, year, withLeft],
    queryFn: ({ pageParam }) =>
      api().listProgrammeMembers({
        params: { id: id.value, year: year.value },
        query: { ...pageFrom(pageParam), withLeft: withLeft.value },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: computed(() => id.value !== ''),
    refetchInterval: false,
  })

/** Where projects stand in the reserve pool of a year; '' is any state. */
export const usePool = (year: Ref<number>, state: Ref<ReserveState | ''>) =>
  useInfiniteQuery({
    queryKey: ['reserve-pool', year, state],
    queryFn: ({ pageParam }) =>
      api().listReserveEntries({
        params: { year: year.value },
        query: { ...pageFrom(pageParam), ...(state.value === '' ? {} : { state: state.value }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: false,
  })

export const usePoolCounts = (year: Ref<number>) =>
  useQuery({
    queryKey: ['reserve-pool', year, 'counts'],
    queryFn: () => api().countReserveEntries({ params: { year: year.value } }),
  })

/** The programmes that a project is or was in, and its steps in the reserve pools. */
export const useStanding = (id: Ref<string>) =>
  useQuery({
    queryKey: ['project', id, 'standing'],
    queryFn: async () => {
      const params = { id: id.value }
      const [programmes, entries] = await Promise.all([
        api().listProjectProgrammes({ params }),
        api().listProjectReserveEntries({ params }),
      ])
      return { programmes: programmes.items, entries: entries.items }
    },
    refetchInterval: false,
  })
