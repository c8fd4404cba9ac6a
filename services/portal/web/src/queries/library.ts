import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { QueryOf, Routes } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'
import { language } from '../i18n/index.ts'

/** What the list is filtered by; '' is a filter that is not in use. */
export type Filters = Record<'q' | 'regionCode' | 'stage' | 'tier' | 'assessmentClass', string>
type ListQuery = QueryOf<Routes['countProjects']>

const inUse = (filters: Filters): ListQuery =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))

const PAGE = 30

export const useProjectPages = (filters: Ref<Filters>) =>
  useInfiniteQuery({
    queryKey: ['projects', filters],
    queryFn: ({ pageParam }) =>
      api().listProjects({
        query: { ...inUse(filters.value), limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: false,
  })

export const useProjectCounts = (filters: Ref<Filters>) =>
  useQuery({
    queryKey: ['project-counts', filters],
    queryFn: () => api().countProjects({ query: inUse(filters.value) }),
  })

/** A project as it is, or as it was at the end of a day (YYYY-MM-DD) in Shanghai. */
export const useProject = (id: Ref<string>, day: Ref<string>) =>
  useQuery({
    queryKey: ['project', id, day],
    queryFn: () =>
      api().getProject({
        params: { id: id.value },
        query: day.value === '' ? {} : { asOf: new Date(`${day.value}T23:59:59.999+08:00`).toISOString() },
      }),
    refetchInterval: false,
  })

const LATEST = 50

export const useVersions = (id: Ref<string>) =>
  useQuery({
    queryKey: ['project', id, 'versions'],
    queryFn: () => api().listProjectVersions({ params: { id: id.value }, query: { limit: LATEST } }),
  })

export const useMoves = (id: Ref<string>) =>
  useQuery({
    queryKey: ['project', id, 'moves'],
    queryFn: () => api().listProjectMoves({ params: { id: id.value }, query: { limit: LATEST } }),
  })

export const useImportPages = (isOpen: Ref<boolean>) =>
  useInfiniteQuery({
    queryKey: ['imports', language],
    queryFn: ({ pageParam }) =>
      api().listImports({ query: { limit: 10, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: isOpen,
    refetchInterval: false,
  })

/** An import until it has ended; looked at every second. */
export const useImport = (id: Ref<string>) =>
  useQuery({
    // Reasons are told in the language of the page.
    queryKey: ['import', id, language],
    queryFn: () => api().getImport({ params: { id: id.value } }),
    enabled: computed(() => id.value !== ''),
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : 1_000),
  })
