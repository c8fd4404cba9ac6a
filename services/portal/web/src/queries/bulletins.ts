import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'

export const useBulletinPages = () =>
  useInfiniteQuery({
    queryKey: ['bulletins'],
    queryFn: ({ pageParam }) => api().listBulletins({ query: pageParam === '' ? {} : { cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: false,
  })

export const useBulletin = (period: Ref<string>) =>
  useQuery({
    queryKey: ['bulletins', period],
    queryFn: () => api().getBulletin({ params: { period: period.value } }),
    refetchInterval: false,
  })

/** As it would read now: always asked anew. */
export const useBulletinDraft = (period: Ref<string>) =>
  useQuery({
    queryKey: ['bulletins', period, 'draft'],
    queryFn: () => api().getBulletinDraft({ params: { period: period.value } }),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
    refetchOnWindowFocus: false,
  })

/** The document as a file of its own; of a draft, for the version that is shown. */
export const useBulletinHtml = (period: Ref<string>, draftVersion: Ref<number | undefined>) =>
  useQuery({
    queryKey: ['bulletins', period, 'html', draftVersion],
    queryFn: () => {
      const request = { params: { period: period.value }, query: { format: 'html' as const } }
      return draftVersion.value === undefined
        ? api().getBulletinDocument(request)
        : api().getBulletinDraftDocument(request)
    },
    refetchInterval: false,
    refetchOnWindowFocus: false,
  })

/** The bulletin made again, once it is asked for. */
export const useVerification = (period: Ref<string>, isWanted: Ref<boolean>) =>
  useQuery({
    queryKey: ['bulletins', period, 'verification'],
    queryFn: () => api().verifyBulletin({ params: { period: period.value } }),
    enabled: computed(() => isWanted.value),
    staleTime: 0,
    refetchInterval: false,
  })
