import type { Database } from '@tiaodu/database'
import { mount, type Reach } from '@tiaodu/service'
import { type Actor, routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { analyseDifficulties } from '../operations/analyse-difficulties.ts'
import { getDifficulty, listDifficultyPage, listUnregisteredPage } from '../operations/list-difficulties.ts'
import { moveDifficulty } from '../operations/move-difficulty.ts'
import { registerDifficulty } from '../operations/register-difficulty.ts'

interface Asked {
  readonly actor: Actor
  readonly now: Date
  readonly reach: Reach
  readonly expectedVersion: number | undefined
}

const byOf = ({ actor, now, reach, expectedVersion }: Asked) => ({
  actorId: actor.personId,
  actorName: actor.name,
  now,
  reach,
  expectedVersion,
})

export function mountDifficulties(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  mount(app, routes.listDifficulties, ({ query, reach, now }) => listDifficultyPage(db, query, reach, now))
  mount(app, routes.listUnregisteredDifficulties, ({ query, reach }) => listUnregisteredPage(db, query, reach))
  mount(app, routes.analyseDifficulties, ({ query, reach, now }) => analyseDifficulties(db, query.period, reach, now))
  mount(app, routes.getDifficulty, ({ params, reach, now }) => getDifficulty(db, params.id, reach, now))
  mount(app, routes.registerDifficulty, (asked) =>
    registerDifficulty(db, asked.params.id, asked.body, { ...byOf(asked), isSimulated }),
  )
  mount(app, routes.acceptDifficulty, (asked) => moveDifficulty(db, asked.params.id, { action: 'accept' }, byOf(asked)))
  mount(app, routes.resolveDifficulty, (asked) =>
    moveDifficulty(db, asked.params.id, { action: 'resolve', ...asked.body }, byOf(asked)),
  )
  mount(app, routes.closeDifficulty, (asked) => moveDifficulty(db, asked.params.id, { action: 'close' }, byOf(asked)))
  mount(app, routes.returnDifficulty, (asked) =>
    moveDifficulty(db, asked.params.id, { action: 'return', ...asked.body }, byOf(asked)),
  )
  mount(app, routes.raiseDifficulty, (asked) =>
    moveDifficulty(db, asked.params.id, { action: 'raise', ...asked.body }, byOf(asked)),
  )
  mount(app, routes.rescheduleDifficulty, (asked) =>
    moveDifficulty(db, asked.params.id, { action: 'reschedule', ...asked.body }, byOf(asked)),
  )
  mount(app, routes.reassignDifficulty, (asked) =>
    moveDifficulty(db, asked.params.id, { action: 'reassign', ...asked.body }, byOf(asked)),
  )
}
