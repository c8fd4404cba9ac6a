import type { OpenEndpoint } from '../../domain/delivery.ts'
import { deliverByHttp } from '../http/judge-answer.ts'
import { type AnswerCodes, assertTaken } from './robot-answer.ts'

/** Posts a message to a group robot and holds its answer against the provider's codes. */
export async function postToRobot(
  endpoint: OpenEndpoint | null,
  url: string | undefined,
  message: object,
  codes: AnswerCodes,
): Promise<string> {
  if (endpoint === null || url === undefined) throw new Error('A robot without an endpoint')
  const { text, answer } = await deliverByHttp({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(message),
    isPrivateAllowed: endpoint.isPrivateAllowed,
  })
  assertTaken(text, codes)
  return answer
}
