import type { FieldError, Problem } from '@tiaodu/types'

const PROBLEM_TYPE = 'application/problem+json'

/** An answer that was a problem document (RFC 9457): its code, status, title and the fields that were refused. */
export class ClientProblem extends Error {
  override name = 'ClientProblem'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
  get code(): Problem['code'] {
    return this.problem.code
  }
  get status(): number {
    return this.problem.status
  }
  get fields(): readonly FieldError[] {
    return this.problem.errors ?? []
  }
}

/** The problem of an answer that is not 2xx; something between us and the service may answer without a document. */
export async function toClientProblem(response: Response): Promise<ClientProblem> {
  if (response.headers.get('content-type')?.startsWith(PROBLEM_TYPE)) {
    return new ClientProblem((await response.json()) as Problem)
  }
  const code = response.status >= 500 ? 'unavailable' : 'malformed-request'
  const title = `${response.status} ${response.statusText}`.trim()
  return new ClientProblem({ type: `/docs/errors#${code}`, title, status: response.status, code })
}
