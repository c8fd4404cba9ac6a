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

t.test('every field has its Chinese word, its source, and its unit where it is a number or a time', async (t) => {
  interface Field {
    description?: string
    type?: string
    format?: string
    $ref?: string
    anyOf?: Field[]
    items?: Field
    properties?: Record<string, Field>
    'x-unit'?: string
    'x-source'?: string
  }
  const measured = ({ type = '', format = '', anyOf = [], items }: Field): boolean =>
    ['integer', 'number'].includes(type) ||
    ['date', 'date-time'].includes(format) ||
    anyOf.some(measured) ||
    (items !== undefined && measured(items))
  const seen: string[] = []
  const lacking: string[] = []
  const look = (path: string, { properties = {}, items, anyOf = [] }: Field): void => {
    for (const [name, field] of Object.entries(properties)) {
      const at = `${path}.${name}`
      seen.push(at)
      if (!/\p{Script=Han}/u.test(field.description ?? '')) lacking.push(`${at}: a description`)
      if (!field['x-source'] || !field.description?.includes('Source: ')) lacking.push(`${at}: a source`)
      if (measured(field) && !(field['x-unit'] && field.description?.includes(field['x-unit'])))
        lacking.push(`${at}: a unit`)
      look(at, field)
    }
    if (items !== undefined) look(path, items)
    for (const one of anyOf) look(path, one)
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) look(name, schema as Field)
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    const {
      operationId,
      parameters = [],
      requestBody,
      responses,
    } = operation as {
      operationId: string
      parameters?: { name: string; description?: string }[]
      requestBody?: { content: Record<string, { schema: Field }> }
      responses: Record<string, { content?: Record<string, { schema: Field }> }>
    }
    const bodies = [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}))
    for (const { schema } of bodies) look(operationId, schema)
    for (const { name, description = '' } of parameters)
      if (!/\p{Script=Han}/u.test(description)) lacking.push(`${operationId} ?${name}: a description`)
  }
  t.ok(seen.length > 400)
  t.same([...new Set(lacking)], [])
})

t.test('the portal publishes it, with pages to read it', async (t) => {
  const nowhere = 'http://127.0.0.1:1'
  const { app } = await startPortal(t, { projects: nowhere, investment: nowhere, notifications: nowhere })
  t.same((await app.inject({ url: '/api/openapi.json' })).json(), JSON.parse(JSON.stringify(document)))
  const docs = await app.inject({ url: '/api/docs' })
  t.match([docs.statusCode, docs.body], [200, /swagger-ui/])
})
