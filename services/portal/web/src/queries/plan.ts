import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { QueryOf, routes, StepKind } from '@tiaodu/types'
import type { Ref } from 'vue'
import { api } from '../api.ts'

/** The kinds of steps in their order. */
export const STEP_KINDS: readonly StepKind[] = ['procedure', 'milestone', 'guarantee', 'system']

const LATEST = 50

/** The push plan of a project. */
export const usePlan = (id: Ref<string>) =>
  useQuery({ queryKey: ['plan', id], queryFn: () => api().listPlanSteps({ params: { id: id.value } }) })

type DueFilter = Pick<QueryOf<typeof routes.listDueSteps>, 'kind' | 'dueBefore'>

/** Open steps of many projects, the earliest due day first. */
export const useDueSteps = (filter: Ref<DueFilter>) =>
  useInfiniteQuery({
    queryKey: ['due-steps', filter],
    queryFn: ({ pageParam }) =>
      api().listDueSteps({ query: { ...filter.value, limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

/** The newest versions of a step. */
export const useStepVersions = (projectId: string, stepId: string) =>
  useQuery({
    queryKey: ['plan', projectId, stepId, 'versions'],
    queryFn: () => api().listPlanStepVersions({ params: { id: projectId, stepId }, query: { limit: LATEST } }),
  })
