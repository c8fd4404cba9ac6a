import { ERRORS, type RouteContract, routes } from '@tiaodu/types'
import t from 'tap'
import { createOpenApi } from '../src/openapi.ts'
import { startPortal } from './fixtures/portal.ts'

const document = await createOpenApi()
const operationOf = ({ url, method }: RouteContract) =>
  document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] as Record<string, never> | undefined

t.test('it is OpenAPI 3.1 and the same every time', async (t) => {
  t.equal(document.openapi, '3.1.0')
  t.ok(document.info.title)
  t.equal(JSON.stringify(await createOpenApi()), JSON.stringify(document))
})

t.test('it has every route of every service and no other', async (t) => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  t.same(operations.map(({ operationId }) => operationId).sort(), Object.keys(routes).sort())
})

t.test('each operation says who may call it and how it can fail', async (t) => {
  for (const contract of Object.values(routes) as RouteContract[]) {
    const operation = operationOf(contract)
    const { operationId, service, permission, errors, schema, method, file } = contract
    t.match(operation, { operationId, tags: [service], 'x-permission': permission }, operationId)
    const responses = operation?.responses as unknown as Record<string, { description: string; content?: object }>
    for (const status of Object.keys(schema.response)) t.ok(responses[status], `${operationId} ${status}`)
    for (const code of errors) {
      const { description, content } = responses[ERRORS[code].status] ?? { description: '' }
      t.ok(description.includes(`\`${code}\``), `${operationId} ${code}`)
      t.same(content, { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } })
    }
    if (permission === 'public') t.same(operation?.security, [])
    else t.match(responses[401]?.description, /not-signed-in/)
    const parameters = (operation?.parameters ?? []) as { name: string; in: string; required: boolean }[]
    const ifMatch = parameters.find(({ name }) => name === 'If-Match')
    if (method === 'PUT' || method === 'PATCH') t.match(ifMatch, { in: 'header', required: false }, operationId)
    t.equal(operation?.requestBody !== undefined, schema.body !== undefined || file !== undefined, operationId)
  }
})

t.test('every reference leads somewhere', async (t) => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  t.ok(references.length > 100)
  for (const name of new Set(references.map(([, name]) => name ?? ''))) t.ok(document.components.schemas[name], name)
})

t.test('the portal publishes it, with pages to read it', async (t) => {
  const nowhere = 'http://127.0.0.1:1'
  const { app } = await startPortal(t, { projects: nowhere, investment: nowhere, notifications: nowhere })
  t.same((await app.inject({ url: '/api/openapi.json' })).json(), JSON.parse(JSON.stringify(document)))
  const docs = await app.inject({ url: '/api/docs' })
  t.match([docs.statusCode, docs.body], [200, /swagger-ui/])
})
