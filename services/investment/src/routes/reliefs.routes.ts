import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { type Actor, routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { ReliefAct } from '../domain/relief.ts'
import type { DB } from '../generated/tables.ts'
import {
  askExtension,
  askReopening,
  grantRelief,
  recordExcuse,
  refuseRelief,
  revokeRelief,
  withdrawRelief,
} from '../operations/decide-relief.ts'
import { listReliefPage } from '../operations/list-reliefs.ts'

export function mountReliefs(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  const toAct = ({ actor, now }: { actor: Actor; now: Date }): ReliefAct => ({
    actorId: actor.personId,
    actorName: actor.name,
    now,
    isSimulated,
  })
  mount(app, routes.listReliefs, ({ query, reach }) => listReliefPage(db, query, reach))
  mount(app, routes.askExtension, (asked) => askExtension(db, asked.params, asked.body, toAct(asked)))
  mount(app, routes.askReopening, (asked) => askReopening(db, asked.params, asked.body, toAct(asked)))
  mount(app, routes.recordExcuse, (asked) => recordExcuse(db, asked.params, asked.body, toAct(asked)))
  mount(app, routes.grantRelief, (asked) => grantRelief(db, asked.params, toAct(asked)))
  mount(app, routes.refuseRelief, (asked) => refuseRelief(db, asked.params, asked.body.reason, toAct(asked)))
  mount(app, routes.withdrawRelief, (asked) => withdrawRelief(db, asked.params, toAct(asked)))
  mount(app, routes.revokeRelief, (asked) => revokeRelief(db, asked.params, asked.body.reason, toAct(asked)))
}
