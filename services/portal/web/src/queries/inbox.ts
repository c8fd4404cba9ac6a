import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api } from '../api.ts'
import { usePages } from './pages.ts'

/** How many of my messages are unread. */
export const useUnreadCount = () =>
  useQuery({
    queryKey: ['inbox', 'count'],
    queryFn: async () => (await api().listInbox({ query: { limit: 1, unread: true } })).unreadCount,
  })

/** My messages, newest first, all or the unread ones. */
export const useInbox = (unread: Ref<boolean>) =>
  usePages(['inbox', 'list', unread], (page) =>
    api().listInbox({ query: { ...page, ...(unread.value ? { unread: true } : {}) } }),
  )
