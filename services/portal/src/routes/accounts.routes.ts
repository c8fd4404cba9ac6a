import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { createAccount } from '../operations/create-account.ts'
import type { FindPerson } from '../operations/sign-in.ts'

export function mountAccounts(app: FastifyInstance, { kysely }: Database<DB>, findPerson: FindPerson): void {
  mount(app, routes.createAccount, ({ body, now }) => createAccount(kysely, findPerson, body, now))
}
