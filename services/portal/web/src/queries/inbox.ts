import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api } from '../api.ts'
import { usePages } from './pages.ts'

const LOOK_AGAIN_MS = 20_000

/** How many of my messages are unread. */
export const useUnreadCount = () =>
  useQuery({
    queryKey: ['inbox', 'count'],
    queryFn: async () => (await api().listInbox({ query: { limit: 1, unread: true } })).unreadCount,
    refetchInterval: LOOK_AGAIN_MS,
  })

/** My messages, newest first, all or the unread ones. */
export const useInbox = (unread: Ref<boolean>) =>
  usePages(['inbox', 'list', unread], (page) =>
    api().listInbox({ query: { ...page, ...(unread.value ? { unread: true } : {}) } }),
  )
