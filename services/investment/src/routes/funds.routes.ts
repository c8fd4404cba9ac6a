import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { type Actor, routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { getFunds, getProjectFunds } from '../operations/get-funds.ts'
import {
  listPolicyFunds,
  listPolicyTargetVersions,
  readFundsRule,
  setFundsRule,
  setPolicyTargets,
} from '../operations/set-funds-rules.ts'

const byOf = ({ actor, now, expectedVersion }: { actor: Actor; now: Date; expectedVersion: number | undefined }) => ({
  actorId: actor.personId,
  actorName: actor.name,
  now,
  expectedVersion,
})

export function mountFunds(app: FastifyInstance, database: Database<DB>): void {
  const { kysely: db } = database
  mount(app, routes.getFunds, ({ query, reach, now }) => getFunds(database, query, reach, now))
  mount(app, routes.getProjectFunds, ({ params }) => getProjectFunds(db, params.id))
  mount(app, routes.getFundsRule, () => readFundsRule(db))
  mount(app, routes.putFundsRule, (asked) => setFundsRule(db, asked.body, byOf(asked)))
  mount(app, routes.listPolicyFunds, ({ query, reach }) => listPolicyFunds(db, query.year, reach))
  mount(app, routes.putPolicyTargets, (asked) =>
    setPolicyTargets(db, asked.params, asked.body, { ...byOf(asked), reach: asked.reach }),
  )
  mount(app, routes.listPolicyTargetVersions, ({ params, reach }) => listPolicyTargetVersions(db, params, reach))
}
