import { ERRORS, type ErrorCode, type Permission, type RouteContract } from '@tiaodu/types'
import Type, { type TSchema } from 'typebox'

const IfMatch = Type.Object({
  'If-Match': Type.Optional(
    Type.String({ pattern: '^"?[0-9]{1,9}"?$', description: 'The `version` that was read, as `"N"`; else 412' }),
  ),
})

const isForSystems = (permission: Permission): boolean =>
  permission !== 'public' && permission.roles.includes('contributor')

// What any route may answer, besides the codes of its contract.
function commonErrors({ permission, schema, service, file }: RouteContract): ErrorCode[] {
  return [
    ...(schema.body === undefined && file === undefined
      ? []
      : (['malformed-request', 'body-too-large', 'unsupported-media-type'] as const)),
    ...((schema.body ?? schema.params ?? schema.querystring) ? (['validation-failed'] as const) : []),
    ...(permission === 'public' ? [] : (['not-signed-in', 'role-not-allowed'] as const)),
    ...(isForSystems(permission) ? (['token-expired', 'token-revoked'] as const) : []),
    ...(permission !== 'public' && permission.scope === 'project' ? (['not-found', 'outside-scope'] as const) : []),
    ...(service === 'portal' ? [] : (['unavailable'] as const)),
    'internal-error',
  ]
}

function problemResponses(contract: RouteContract): Record<string, object> {
  const codes = [...new Set([...contract.errors, ...commonErrors(contract)])]
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))].sort((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => ERRORS[code].status === status)
      const description = ofStatus.map((code) => `\`${code}\` ${ERRORS[code].zh} ${ERRORS[code].en}`).join('; ')
      const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
      return [status, { description, content }]
    }),
  )
}

function successResponses({ schema, summary, download, isEventStream }: RouteContract): Record<string, object> {
  const answers = Object.entries(schema.response).map(([status, body]) => [
    status,
    (body as { type?: string }).type === 'null'
      ? { type: 'null', description: summary }
      : {
          description: summary,
          content: Object.fromEntries(
            (isEventStream ? ['text/event-stream'] : (download?.types ?? ['application/json'])).map((type) => [
              type,
              { schema: body as TSchema },
            ]),
          ),
        },
  ])
  return Object.fromEntries(answers)
}

const takesVersion = ({ method, errors }: RouteContract): boolean =>
  method === 'PUT' || method === 'PATCH' || errors.includes('version-mismatch')

/** A contract as the schema that @fastify/swagger reads. */
export function toOperation(contract: RouteContract): object {
  const { operationId, service, summary, permission, schema, file } = contract
  const { response: _response, ...parts } = schema
  return {
    operationId,
    tags: [service],
    summary,
    ...parts,
    ...(file === undefined ? {} : { consumes: file.types, body: { type: 'string', format: 'binary' } }),
    ...(takesVersion(contract) ? { headers: IfMatch } : {}),
    ...(permission === 'public' ? { security: [] } : {}),
    'x-permission': permission,
    'x-errors': contract.errors,
    response: { ...successResponses(contract), ...problemResponses(contract) },
  }
}
