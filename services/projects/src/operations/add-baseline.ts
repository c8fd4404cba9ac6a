import { appendEvents } from '@tiaodu/messaging/outbox'
import { type Baseline, type NewBaseline, ProblemError, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assessBaseline, assessOverrun } from '../domain/baseline.ts'
import type { DB } from '../generated/tables.ts'
import { insertBaseline, listBaselines } from '../repositories/baselines.repository.ts'
import type { Act } from './act.ts'
import { lockVersion } from './save-version.ts'

/** Records a baseline after those that there are; none is ever changed. @throws not-found, validation-failed */
export const addBaseline = (db: Kysely<DB>, id: string, fields: NewBaseline, act: Act): Promise<Baseline> =>
  db.transaction().execute(async (trx) => {
    const project = await lockVersion(trx, id, undefined)
    const last = (await listBaselines(trx, id)).at(-1)
    const errors = assessBaseline(fields, last, toDateOn(act.now))
    if (errors.length > 0) throw new ProblemError('validation-failed', undefined, errors)
    const number = (last?.number ?? 0) + 1
    const baseline = { number, ...fields, at: act.now.toISOString(), actorName: act.actorName }
    await insertBaseline(trx, id, act.actorId, baseline)
    const { document, approvedOn, totalInvestmentYuan } = baseline
    const payload = { projectId: id, number, document, approvedOn, totalInvestmentYuan }
    await appendEvents(trx, [{ name: 'baseline.recorded.v1', payload }], act.now)
    return { ...baseline, overrun: assessOverrun(project, baseline) }
  })
