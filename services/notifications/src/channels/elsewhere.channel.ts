import { createClient } from '@tiaodu/client'
import type { Tokens } from '@tiaodu/service'
import { type Actor, ProblemError, STEP_KINDS } from '@tiaodu/types'
import type { KeptElsewhere } from '../domain/deadlines.ts'

const TOKEN_SECONDS = 60
const ANSWER_MS = 5_000
const MOST = 200

const unavailable = () =>
  new ProblemError('unavailable', {
    zh: '项目库或投资服务没有应答',
    en: 'The project library or the investment service does not answer',
  })

/** Asks the other services, as the person, what of their units falls due: steps of push plans, and difficulties they are in charge of. */
export const createElsewhere =
  ({ projectsUrl, investmentUrl, tokens }: { projectsUrl: string; investmentUrl: string; tokens: Tokens }) =>
  async (actor: Actor): Promise<KeptElsewhere> => {
    const { unitId, role } = actor
    if (unitId === null || (role !== 'filer' && role !== 'head')) return { steps: [], difficulties: [] }
    const token = await tokens.sign(actor, { seconds: TOKEN_SECONDS })
    const signal = AbortSignal.timeout(ANSWER_MS)
    const [steps, difficulties] = await Promise.all([
      createClient({ baseUrl: projectsUrl, token }).listDueSteps({ query: { unitId, limit: MOST }, signal }),
      createClient({ baseUrl: investmentUrl, token }).listDifficulties({
        query: { unitInChargeId: unitId, isOpen: true, limit: MOST },
        signal,
      }),
    ]).catch(() => {
      throw unavailable()
    })
    return {
      steps: steps.items.flatMap(({ id, kind, name, projectName, dueOn, version }) =>
        dueOn === null ? [] : [{ id, name: `${STEP_KINDS[kind]}“${name}”`, projectName, dueOn, version }],
      ),
      difficulties: difficulties.items.map(({ id, description, projectName, dueOn, version }) => ({
        ...{ id, description, projectName, dueOn, version },
      })),
    }
  }
