import { QueryCache, QueryClient } from '@tanstack/vue-query'
import { ClientProblem } from '@tiaodu/client'
import { router } from '../router.ts'

const isFinal = (error: unknown): boolean => error instanceof ClientProblem && error.status < 500

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => !isFinal(error) && failures < 2,
      refetchInterval: 60_000,
    },
  },
  queryCache: new QueryCache({
    onError(error) {
      if (error instanceof ClientProblem && error.code === 'not-signed-in') router.replace({ name: 'sign-in' })
    },
  }),
})
