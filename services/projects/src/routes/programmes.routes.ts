import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { toAct } from '../operations/act.ts'
import { addMembers, copyMembers } from '../operations/add-members.ts'
import { changeProgramme } from '../operations/change-programme.ts'
import { endMembership } from '../operations/end-membership.ts'
import {
  listMemberPage,
  listProgrammePage,
  listProgrammeVersionPage,
  listProjectProgrammes,
} from '../operations/list-programmes.ts'
import { registerProgramme } from '../operations/register-programme.ts'

const ofYear = ({ id, year }: { id: string; year: number }) => ({ programmeId: id, year })

export function mountProgrammes(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listProgrammes, ({ query }) => listProgrammePage(kysely, query))
  mount(app, routes.createProgramme, (context) => registerProgramme(kysely, uuidv7(), context.body, toAct(context)))
  mount(app, routes.updateProgramme, ({ params, body, expectedVersion, ...context }) =>
    changeProgramme(kysely, { id: params.id, patch: body, expectedVersion }, toAct(context)),
  )
  mount(app, routes.listProgrammeVersions, ({ params, query }) =>
    listProgrammeVersionPage(kysely, { ...params, ...query }),
  )
  mount(app, routes.listProgrammeMembers, ({ params, query, reach }) =>
    listMemberPage(kysely, ofYear(params), query, reach),
  )
  mount(app, routes.putProgrammeMember, ({ params, body, reach, ...context }) => {
    const request = { ...ofYear(params), keys: [params.projectId], fieldOf: () => 'projectId', document: body.document }
    return addMembers(kysely, request, reach, toAct(context))
  })
  mount(app, routes.addProgrammeMembers, ({ params, body, reach, ...context }) => {
    const fieldOf = (at: number) => `projects.${at}`
    const request = { ...ofYear(params), keys: body.projects, fieldOf, document: body.document }
    return addMembers(kysely, request, reach, toAct(context))
  })
  mount(app, routes.leaveProgramme, ({ params, body, reach, ...context }) =>
    endMembership(kysely, { ...ofYear(params), ...params, ...body }, reach, toAct(context)),
  )
  mount(app, routes.copyProgrammeMembers, ({ params, body, reach, ...context }) =>
    copyMembers(kysely, { ...ofYear(params), document: body.document }, reach, toAct(context)),
  )
  mount(app, routes.listProjectProgrammes, ({ params }) => listProjectProgrammes(kysely, params.id))
}
