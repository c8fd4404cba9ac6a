import { ProblemError, type QueueOwner, routes, type ServiceQueues } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { GaugePart } from './metrics.ts'
import { mount } from './mount.ts'

/** What the routes of queues stand on; messaging makes one. */
export interface Queues {
  read(): Promise<ServiceQueues>
  replay(queue: string, id?: string): Promise<{ replayed: number; left: number }>
  countDeadLetters(): Promise<number | undefined>
}

/** What is worth an alarm of the queues of a service. */
export const deadLetterGauge = ({ countDeadLetters }: Queues): GaugePart => ({
  name: 'queue_dead_letters',
  help: 'Messages in the queues of this service that are not tried any more until somebody replays them',
  read: countDeadLetters,
})

const CONTRACTS = {
  projects: { list: routes.listProjectsQueues, replay: routes.replayProjectsQueue },
  investment: { list: routes.listInvestmentQueues, replay: routes.replayInvestmentQueue },
  notifications: { list: routes.listNotificationsQueues, replay: routes.replayNotificationsQueue },
}

/** Mounts what operators see of a service's queues; an app that was given none answers `unavailable`. */
export function mountQueues(app: FastifyInstance, service: QueueOwner): void {
  const { list, replay } = CONTRACTS[service]
  const required = (): Queues => {
    if (app.parts.queues === undefined) throw new ProblemError('unavailable')
    return app.parts.queues
  }
  mount(app, list, async () => required().read())
  mount(app, replay, async ({ body: { queue, id }, actor, request }) => {
    const answer = await required().replay(queue, id)
    request.log.info({ queue, id, ...answer, by: actor.personId ?? actor.name }, 'replayed dead letters')
    return answer
  })
}
