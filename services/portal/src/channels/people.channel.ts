import { ClientProblem, createClient } from '@tiaodu/client'
import { serviceActor, type Tokens } from '@tiaodu/service'
import { type Person, ProblemError } from '@tiaodu/types'

const TOKEN_SECONDS = 60
const ANSWER_MS = 5_000

/** Asks the projects service for a person, as the portal itself. */
export const createPeopleChannel =
  (projectsUrl: string, tokens: Tokens) =>
  async (id: string): Promise<Person | undefined> => {
    const token = await tokens.sign(serviceActor('portal'), { seconds: TOKEN_SECONDS })
    const client = createClient({ baseUrl: projectsUrl, token })
    try {
      return await client.getPerson({ params: { id }, signal: AbortSignal.timeout(ANSWER_MS) })
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'not-found') return undefined
      throw new ProblemError('unavailable', { zh: '项目库没有应答', en: 'The project library does not answer' })
    }
  }
