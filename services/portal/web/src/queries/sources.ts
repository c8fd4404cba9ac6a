import { useInfiniteQuery } from '@tanstack/vue-query'
import type { FigureSources, QueryOf, routes } from '@tiaodu/types'
import type { Ref } from 'vue'
import { api } from '../api.ts'

const PAGE = 50

type Portfolio = Omit<QueryOf<typeof routes.listPortfolioSources>, 'cursor' | 'limit'>
type Funds = Omit<QueryOf<typeof routes.listFundsSources>, 'cursor' | 'limit'>

/** What is asked for: a figure of the portfolio or of the funds. */
export type FigureAsked =
  | { readonly of: 'portfolio'; readonly query: Portfolio }
  | { readonly of: 'funds'; readonly query: Funds }

function read(asked: FigureAsked, page: { limit: number; cursor?: string }): Promise<FigureSources> {
  return asked.of === 'portfolio'
    ? api().listPortfolioSources({ query: { ...asked.query, ...page } })
    : api().listFundsSources({ query: { ...asked.query, ...page } })
}

/** The records that make a figure, page by page, each page with the whole. */
export const useSources = (asked: Ref<FigureAsked>) =>
  useInfiniteQuery({
    queryKey: ['sources', asked],
    queryFn: ({ pageParam }) => read(asked.value, { limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: false,
  })
