import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Nullable, OneOf } from '../primitives.ts'

/** 队列: which service has which. Consumers of events have their service's name, the others ring for work that a table holds. */
export const QUEUES = {
  projects: ['imports'],
  investment: ['investment'],
  notifications: ['notifications', 'deliveries'],
} as const
export type QueueOwner = keyof typeof QUEUES
export type QueueName = (typeof QUEUES)[QueueOwner][number]
/** So many dead letters of a queue are shown, the newest first. */
export const MOST_LETTERS_SHOWN = 20

/** 死信: a message that was tried as often as its event says, and is not tried any more until somebody replays it. */
export const DeadLetter = Closed({
  id: Type.String(),
  name: Type.String({ description: 'The event, or the queue that rang' }),
  reason: Type.String({ description: 'What the last attempt failed with, cut' }),
  attempts: Type.Integer(),
  addedAt: Instant,
  failedAt: Instant,
  payload: Type.String({ description: 'The message as JSON, cut' }),
})
export type DeadLetter = Static<typeof DeadLetter>

/** 队列状态 at this moment. */
export const QueueState = Closed({
  name: Type.String(),
  waiting: Type.Integer(),
  active: Type.Integer(),
  retrying: Type.Integer(),
  failed: Type.Integer({ description: 'Dead letters in all' }),
  oldestAt: Nullable(Instant),
  deadLetters: Type.Array(DeadLetter, {
    maxItems: MOST_LETTERS_SHOWN,
    description: `The newest ${MOST_LETTERS_SHOWN}`,
  }),
})
export type QueueState = Static<typeof QueueState>

/** What waits in one service: events that have not left it, and its queues. */
export const ServiceQueues = Closed({
  backend: OneOf(['postgres', 'redis'], '队列后端: postgres PostgreSQL, redis Redis'),
  outbox: Closed({ waiting: Type.Integer(), oldestAt: Nullable(Instant) }),
  items: Type.Array(QueueState),
})
export type ServiceQueues = Static<typeof ServiceQueues>

// The queues are those of the whole installation: they know no region.
const permission = { roles: ['operator'], scope: 'none' } as const

const listOf = (operationId: string, service: QueueOwner) =>
  defineRoute({
    operationId,
    method: 'GET',
    url: `/api/v1/queues/${service}`,
    service,
    summary: `The queues of ${service}: what waits, since when, and what was given up with its error and its message`,
    permission,
    errors: [],
    schema: { response: { 200: ServiceQueues } },
  })

const replayOf = (operationId: string, service: QueueOwner) =>
  defineRoute({
    operationId,
    method: 'POST',
    url: `/api/v1/queues/${service}/replay`,
    service,
    summary: `Try one dead letter of a queue of ${service} again, or all of them, up to 1,000 at a time`,
    permission,
    errors: ['not-found'],
    schema: {
      body: Closed({
        queue: OneOf(QUEUES[service], '队列'),
        id: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[0-9A-Za-z-]+$' })),
      }),
      response: {
        202: Closed({ replayed: Type.Integer(), left: Type.Integer({ description: 'Dead letters that are left' }) }),
      },
    },
  })

export const listProjectsQueues = listOf('listProjectsQueues', 'projects')
export const replayProjectsQueue = replayOf('replayProjectsQueue', 'projects')
export const listInvestmentQueues = listOf('listInvestmentQueues', 'investment')
export const replayInvestmentQueue = replayOf('replayInvestmentQueue', 'investment')
export const listNotificationsQueues = listOf('listNotificationsQueues', 'notifications')
export const replayNotificationsQueue = replayOf('replayNotificationsQueue', 'notifications')
