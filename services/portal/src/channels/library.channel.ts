import { type Client, createClient } from '@tiaodu/client'
import { serviceActor, type Tokens } from '@tiaodu/service'
import { ProblemError } from '@tiaodu/types'

const TOKEN_SECONDS = 60
const ANSWER_MS = 5_000

/** Asks the projects service one thing, as the portal itself. @throws unavailable when no answer of use comes */
export async function askLibrary<T>(
  projectsUrl: string,
  tokens: Tokens,
  ask: (library: Client, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const token = await tokens.sign(serviceActor('portal'), { seconds: TOKEN_SECONDS })
  try {
    return await ask(createClient({ baseUrl: projectsUrl, token }), AbortSignal.timeout(ANSWER_MS))
  } catch {
    throw new ProblemError('unavailable', { zh: '项目库没有应答', en: 'The project library does not answer' })
  }
}
