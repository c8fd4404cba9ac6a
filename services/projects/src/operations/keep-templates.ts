import type { BodyOf, routes, StepTemplate } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listTemplates, lockTemplate, saveTemplate } from '../repositories/step-templates.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import type { Act } from './act.ts'
import { assertVersion } from './assert-version.ts'

export const listStepTemplates = async (db: Kysely<DB>): Promise<{ items: StepTemplate[] }> => ({
  items: await listTemplates(db),
})

/** Adds a step to the templates or changes one. @throws version-mismatch, already-exists */
export const keepTemplate = (
  db: Kysely<DB>,
  { code, expectedVersion }: { code: string; expectedVersion: number | undefined },
  fields: BodyOf<typeof routes.putStepTemplate>,
  { now, actorName }: Act,
): Promise<StepTemplate> =>
  db.transaction().execute(async (trx) => {
    const { version } = (await lockTemplate(trx, code)) ?? { version: 0 }
    assertVersion({ version }, expectedVersion)
    const template = { code, ...fields, version: version + 1 }
    await refuseTaken(saveTemplate(trx, template, { at: now, actorName }))
    return template
  })
