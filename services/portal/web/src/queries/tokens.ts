import { api } from '../api.ts'
import { usePages } from './pages.ts'

/** The tokens of other systems, newest first. */
export const useTokens = () => usePages(['api-tokens'], (page) => api().listApiTokens({ query: page }))

/** What a token called, newest day first. */
export const useTokenCalls = (id: string) =>
  usePages(['api-token-calls', id], (page) => api().listApiTokenCalls({ params: { id }, query: page }))
