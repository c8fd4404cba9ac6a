import swagger from '@fastify/swagger'
import { routes } from '@tiaodu/types'
import Fastify from 'fastify'
import { describeFields } from './openapi/describe-fields.ts'
import { namedSchemas, nameSchemas } from './openapi/named-schemas.ts'
import { toOperation } from './openapi/operation.ts'

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Record<string, Record<string, Record<string, unknown>>>
  readonly components: { readonly schemas: Record<string, unknown> }
}

const DESCRIPTION = `Money is a whole number of yuan (元) and its name ends in \`Yuan\`. A period is \`YYYY-MM\` in Asia/Shanghai. Instants end in \`At\`
(RFC 3339, UTC), calendar dates in \`On\`. Lists are paged: send \`nextCursor\` back as \`cursor\`. Errors are
\`application/problem+json\` (RFC 9457) with a code of the registry; \`Accept-Language: en\` turns their titles into English.`

const TAGS = [
  { name: 'portal', description: '登录 sign-in and accounts' },
  { name: 'projects', description: '重点项目库 the project library: units, people, projects, plan indicators' },
  { name: 'investment', description: '月报调度 cycles, plans, reports, review, roll-ups, bulletins' },
  { name: 'notifications', description: '预警与消息 overdue alerts, inbox, deliveries' },
]

/** The document of the whole API, made from the contracts alone: no service runs, and it is the same every time. */
export async function createOpenApi(): Promise<OpenApiDocument> {
  const app = Fastify()
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => JSON.stringify)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tiaodu 调度', version: '1', description: DESCRIPTION, license: { name: 'MIT' } },
      tags: TAGS,
      security: [{ bearer: [] }, { cookie: [] }],
      components: {
        schemas: namedSchemas as never,
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token of POST /api/v1/sessions, or that of POST /api/v1/api-tokens',
          },
          cookie: { type: 'apiKey', in: 'cookie', name: 'tiaodu_session', description: 'Set by signing in' },
        },
      },
    },
    transformObject: (document) =>
      describeFields(nameSchemas((document as { openapiObject: object }).openapiObject)) as never,
  })
  for (const contract of Object.values(routes)) {
    app.route({ method: contract.method, url: contract.url, schema: toOperation(contract), handler: async () => null })
  }
  await app.ready()
  const document = app.swagger() as unknown as OpenApiDocument
  await app.close()
  return document
}
