import { FIELD_SOURCES, factsOfField } from '@tiaodu/types'

/** A JSON schema as the document holds it. */
interface Schema {
  description?: string
  type?: string
  format?: string
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  [extension: string]: unknown
}
interface Parameter extends Schema {
  name: string
  schema: Schema
}
interface Content {
  content?: Record<string, { schema: Schema }>
}
interface Operation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content>
}
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const UNITS_BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': 'instant, UTC',
  date: 'calendar date, Asia/Shanghai',
}
const UNITS_BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/yuan$/i, 'yuan (元)'],
  [/percent$/i, '%'],
  [/year$/i, 'calendar year'],
]
const NUMBERS = ['integer', 'number']

// What a field is when it is not null; a list is what its items are.
function presentOf(schema: Schema): Schema {
  const present = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema
  return present.type === 'array' && present.items !== undefined ? presentOf(present.items) : present
}

function unitOf(name: string, schema: Schema, known: string | undefined): string | undefined {
  const { type = '', format = '' } = presentOf(schema)
  if (UNITS_BY_FORMAT[format] !== undefined) return UNITS_BY_FORMAT[format]
  if (!NUMBERS.includes(type)) return undefined
  return known ?? UNITS_BY_NAME.find(([pattern]) => pattern.test(name))?.[1]
}

/** What the dictionary and the contract say of a field, for the document; nothing for one that neither knows. */
function describe(path: readonly string[], field: Schema): Schema {
  const facts = factsOfField(path)
  if (facts === undefined) return field
  const { zh, en, source } = facts
  const own = field.description ?? field.anyOf?.[0]?.description
  const said = own?.includes(zh) ? own : [`${zh} ${en}`, ...(own === undefined ? [] : [own])].join('. ')
  const unit = unitOf(path.at(-1) ?? '', field, facts.unit)
  const description = `${said}. ${unit === undefined ? '' : `Unit: ${unit}. `}Source: ${FIELD_SOURCES[source]}`
  return { ...field, description, ...(unit === undefined ? {} : { 'x-unit': unit }), 'x-source': source }
}

function describeWithin(path: readonly string[], schema: Schema): Schema {
  const { properties, items, anyOf } = schema
  const described = Object.entries(properties ?? {}).map(([name, field]) => [
    name,
    describe([...path, name], describeWithin([...path, name], field)),
  ])
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(described) }),
    ...(items === undefined ? {} : { items: describeWithin(path, items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((one) => describeWithin(path, one)) }),
  }
}

function describeContent(path: readonly string[], part: Content): Content {
  if (part.content === undefined) return part
  const content = Object.entries(part.content).map(([type, { schema }]) => [
    type,
    { schema: describeWithin(path, schema) },
  ])
  return { ...part, content: Object.fromEntries(content) }
}

function describeOperation(operation: Operation): Operation {
  const { operationId, parameters, requestBody, responses } = operation
  const path = [operationId]
  const named = parameters?.map((parameter) => {
    const { description } = describe([...path, parameter.name], { ...parameter.schema, ...parameter })
    return description === undefined ? parameter : { ...parameter, description }
  })
  const answers = Object.entries(responses).map(([status, answer]) => [status, describeContent(path, answer)])
  return {
    ...operation,
    ...(named === undefined ? {} : { parameters: named }),
    ...(requestBody === undefined ? {} : { requestBody: describeContent(path, requestBody) }),
    responses: Object.fromEntries(answers),
  }
}

const mapValues = <T>(record: Record<string, T>, change: (value: T, key: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))

/** The document, every field of it with its word, its meaning, its unit and where its value comes from. */
export function describeFields(document: object): object {
  const { paths, components, ...rest } = document as Document
  return {
    ...rest,
    paths: mapValues(paths, (methods) => mapValues(methods, describeOperation)),
    components: {
      ...components,
      schemas: mapValues(components.schemas, (schema, name) => describeWithin([name], schema)),
    },
  }
}
