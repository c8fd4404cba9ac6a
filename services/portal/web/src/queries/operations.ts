import { useQuery } from '@tanstack/vue-query'
import type { BodyOf, QueueOwner, ResponseOf, routes, ServiceQueues } from '@tiaodu/types'
import { api } from '../api.ts'

type Replay = BodyOf<typeof routes.replayProjectsQueue | typeof routes.replayNotificationsQueue>
type Replayed = ResponseOf<typeof routes.replayProjectsQueue>

const LIST: Record<QueueOwner, () => Promise<ServiceQueues>> = {
  projects: () => api().listProjectsQueues(),
  investment: () => api().listInvestmentQueues(),
  notifications: () => api().listNotificationsQueues(),
}
const REPLAY: Record<QueueOwner, (body: Replay) => Promise<Replayed>> = {
  projects: (body) => api().replayProjectsQueue({ body }),
  investment: (body) => api().replayInvestmentQueue({ body }),
  notifications: (body) => api().replayNotificationsQueue({ body }),
}
const LOOK_AGAIN_MS = 5_000

/** The queues of a service; they are looked at again while the page is open. */
export const useQueues = (owner: QueueOwner) =>
  useQuery({ queryKey: ['queues', owner], queryFn: LIST[owner], refetchInterval: LOOK_AGAIN_MS })

/** Tries dead letters of a queue again: one, or all of them. */
export const replayLetters = (owner: QueueOwner, body: Replay): Promise<Replayed> => REPLAY[owner](body)

/** The newest proofs that roll-ups add up. */
export const useReconciliations = () =>
  useQuery({ queryKey: ['reconciliations'], queryFn: () => api().listReconciliations({ query: { limit: 7 } }) })
