import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { QueryOf, Routes } from '@tiaodu/types'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'
import { language } from '../i18n/index.ts'
import { everyPage } from './units.ts'

type ListQuery = QueryOf<Routes['countProjects']>
export type FilterName = keyof ListQuery
/** What the list is filtered by, as it stands in the address; '' is a filter that is not in use. */
export type Filters = { [K in FilterName]?: string }

const inUse = (filters: Filters) =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '')) as ListQuery

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
    enabled: computed(() => id.value !== ''),
    refetchInterval: false,
  })

const LATEST = 20
type Page<Row> = { items: Row[]; nextCursor: string | null }

/** The newest rows of a project's history; older ones when asked. */
const usePages = <Row>(
  id: Ref<string>,
  name: string,
  read: (query: { limit: number; cursor?: string }) => Promise<Page<Row>>,
) =>
  useInfiniteQuery({
    queryKey: ['project', id, name],
    queryFn: ({ pageParam }) => read({ limit: LATEST, ...(pageParam === '' ? {} : { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const useVersions = (id: Ref<string>) =>
  usePages(id, 'versions', (query) => api().listProjectVersions({ params: { id: id.value }, query }))

/** What was saved of a project after a version that was read, newest first. */
export const useVersionsSince = (id: Ref<string>, since: Ref<number>) =>
  useQuery({
    queryKey: ['project', id, 'versions', 'since', since],
    queryFn: async () => {
      const { items } = await api().listProjectVersions({ params: { id: id.value }, query: { limit: LATEST } })
      return items.filter(({ version }) => version > since.value)
    },
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
  })

export const useMoves = (id: Ref<string>) =>
  usePages(id, 'moves', (query) => api().listProjectMoves({ params: { id: id.value }, query }))

export const useBaselines = (id: Ref<string>) =>
  useQuery({
    queryKey: ['project', id, 'baselines'],
    queryFn: () => api().listBaselines({ params: { id: id.value } }),
    refetchInterval: false,
  })

export const useProgress = (id: Ref<string>) =>
  useQuery({
    queryKey: ['project', id, 'progress'],
    queryFn: () => api().getProgress({ params: { id: id.value } }),
  })

/** The programmes, by code. */
export const useProgrammes = (isNeeded: Ref<boolean>) =>
  useQuery({
    queryKey: ['programmes'],
    queryFn: () => everyPage((page) => api().listProgrammes({ query: page })),
    enabled: isNeeded,
    refetchInterval: false,
  })

/** Where a project may move; always as it is now: somebody is about to move it. */
export const useAllowedMoves = (id: Ref<string>) =>
  useQuery({
    queryKey: ['project', id, 'moves', 'allowed'],
    queryFn: () => api().listAllowedMoves({ params: { id: id.value } }),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
    refetchOnWindowFocus: false,
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
