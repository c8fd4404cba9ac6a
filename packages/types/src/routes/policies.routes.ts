import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Channel, RecipientRole } from '../messages.ts'
import { PolicyFact, PolicyFields } from '../policy.ts'
import { Closed, Formed, Instant, Line, Nullable, PageOf, pageQuery, Uuid } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'
import { decided } from '../version.ts'

const PolicyId = Formed(
  '^[a-z][a-z0-9-]{1,39}$',
  { zh: '应为小写字母、数字和连字符', en: 'must be lower-case letters, digits and hyphens' },
  { description: '策略代码' },
)

/** 通知策略: one version of it. */
export const Policy = Closed({
  id: PolicyId,
  ...PolicyFields.properties,
  ...decided,
})
export type Policy = Static<typeof Policy>

/** One message that would be sent: to whom, when, by which policy, about how much. */
export const PlannedMessage = Closed({
  at: Instant,
  policyId: PolicyId,
  policyName: Type.String(),
  fact: PolicyFact,
  personId: Uuid,
  personName: Type.String(),
  role: RecipientRole,
  unitNames: Type.Array(Type.String(), { description: 'Up to three units that it is about' }),
  projectNames: Type.Array(Type.String(), { description: 'Up to three projects that it is about' }),
  count: Type.Integer({ description: 'Subjects that it is about' }),
  channels: Type.Array(Channel),
  why: Type.String({ description: 'Why this person gets it' }),
})
export type PlannedMessage = Static<typeof PlannedMessage>

const params = Closed({ id: PolicyId })
const read = {
  method: 'GET',
  service: 'notifications',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
} as const

export const listPolicies = defineRoute({
  ...read,
  operationId: 'listPolicies',
  url: '/api/v1/policies',
  summary: 'The policies in force: which fact is told to whom, when and how',
  schema: { response: { 200: Closed({ items: Type.Array(Policy) }) } },
})

export const putPolicy = defineRoute({
  operationId: 'putPolicy',
  method: 'PUT',
  url: '/api/v1/policies/:id',
  service: 'notifications',
  summary: 'Set a policy from now on (If-Match: its version, 0 when it is new); what is due next follows it at once',
  permission: { roles: ['operator', 'supervisor'], scope: 'none' },
  errors: ['version-mismatch'],
  schema: {
    params,
    body: Closed({ ...PolicyFields.properties, reason: Line(500, 'Why it changes') }),
    response: { 200: Policy },
  },
})

export const listPolicyVersions = defineRoute({
  ...read,
  operationId: 'listPolicyVersions',
  url: '/api/v1/policies/:id/versions',
  summary: 'Every version of a policy with who, when and why, newest first',
  schema: { params, querystring: Closed(pageQuery), response: { 200: PageOf(Policy) } },
})

export const previewPolicies = defineRoute({
  ...read,
  operationId: 'previewPolicies',
  url: '/api/v1/policies/preview',
  summary: 'What would be sent in the next 30 days if nobody filed and nothing changed: to whom, when and why',
  permission: { roles: ['operator', 'supervisor', 'leader'], scope: 'reach' },
  schema: {
    querystring: Closed({
      ...pageQuery,
      personId: Type.Optional(Uuid),
      policyId: Type.Optional(PolicyId),
    }),
    response: {
      200: Closed({
        items: Type.Array(PlannedMessage),
        nextCursor: Nullable(Type.String()),
        total: Type.Integer({ description: 'Messages in all' }),
        isCapped: Type.Boolean({ description: 'There was more to plan than is looked at: the first due are shown' }),
      }),
    },
  },
})
