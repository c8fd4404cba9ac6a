import { ERRORS, type ErrorCode, type FieldError, type Language, type Problem, ProblemError } from '@tiaodu/types'
import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { toFieldErrors } from './validation.ts'

/** The media type of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** Chinese unless Accept-Language prefers English. */
export const languageOf = (request: { headers: Record<string, unknown> }): Language =>
  /^en\b/i.test(String(request.headers['accept-language'] ?? '')) ? 'en' : 'zh'

/** A problem document of the registry. */
export function toProblem(
  code: ErrorCode,
  language: Language,
  more: { detail?: string | undefined; instance?: string; errors?: readonly FieldError[] } = {},
): Problem {
  const { status, [language]: title } = ERRORS[code]
  return {
    type: `/docs/errors#${code}`,
    title,
    status,
    code,
    ...(more.detail === undefined || more.detail === title ? {} : { detail: more.detail }),
    ...(more.instance === undefined ? {} : { instance: more.instance }),
    ...(more.errors === undefined || more.errors.length === 0 ? {} : { errors: [...more.errors] }),
  }
}

const FASTIFY_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_MAX_PARAM_LENGTH: 'uri-too-long',
  FST_ERR_VALIDATION: 'validation-failed',
}

const CODES_BY_STATUS: Record<number, ErrorCode> = {
  400: 'malformed-request',
  404: 'not-found',
  413: 'body-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'unavailable',
}

type Failure = FastifyError & { ajvErrors?: ErrorObject[] }

/** Any error as a problem document; what we did not expect says nothing of its inside. */
export function fromError(error: Failure, request: FastifyRequest): Problem {
  const language = languageOf(request)
  const instance = request.id
  if (error instanceof ProblemError) {
    const errors = error.faults.map(({ field, reason }) => ({ field, reason: reason[language] }))
    return toProblem(error.code, language, { detail: error.detail?.[language], instance, errors })
  }
  if (error.ajvErrors !== undefined) {
    return toProblem('validation-failed', language, { instance, errors: toFieldErrors(error.ajvErrors, language) })
  }
  const code = FASTIFY_CODES[error.code] ?? CODES_BY_STATUS[error.statusCode ?? 500]
  if (code === undefined) return toProblem('internal-error', language, { instance })
  // Only fastify's own words about the request are for the caller; those of a library may name our inside.
  const isToldByFastify = ERRORS[code].status < 500 && String(error.code).startsWith('FST_')
  return toProblem(code, language, { detail: isToldByFastify ? error.message : undefined, instance })
}

/** Sends a problem document. */
export const sendProblem = (reply: FastifyReply, problem: Problem) =>
  reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem))
