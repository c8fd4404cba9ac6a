import { type QueryKey, useInfiniteQuery } from '@tanstack/vue-query'

const PAGE = 50

/** A list that is read page by page as somebody asks for more. */
export const usePages = <Page extends { nextCursor: string | null }>(
  queryKey: QueryKey,
  read: (page: { limit: number; cursor?: string }) => Promise<Page>,
) =>
  useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read({ limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
