import type { QueryClient } from '@tanstack/vue-query'
import { type InboxNews, routes } from '@tiaodu/types'

// One for all pages, and none for a tab that nobody looks at: a browser opens six connections to a server and no more.
let stream: EventSource | undefined
let follower: QueryClient | undefined

function hangUp(): void {
  stream?.close()
  stream = undefined
}

function listen(): void {
  if (follower === undefined || document.hidden) hangUp()
  if (follower === undefined || document.hidden || stream !== undefined) return
  const queries = follower
  stream = new EventSource(routes.streamInbox.url)
  stream.addEventListener('inbox', ({ data }) => {
    const { unreadCount }: InboxNews = JSON.parse(data)
    queries.setQueryData(['inbox', 'count'], unreadCount)
    queries.invalidateQueries({ queryKey: ['inbox', 'list'] })
  })
  // It comes back by itself after a break; what was refused is asked for again when somebody looks again.
  stream.addEventListener('error', () => {
    if (stream?.readyState === EventSource.CLOSED) hangUp()
  })
}

/** Has the count of unread messages and the list of them follow the inbox as it changes. */
export function followInbox(queries: QueryClient): void {
  if (follower === undefined) document.addEventListener('visibilitychange', listen)
  follower = queries
  listen()
}

/** Whoever has signed out is told nothing more. */
export function leaveInbox(): void {
  document.removeEventListener('visibilitychange', listen)
  follower = undefined
  hangUp()
}
