import { type Fault, type FieldError, type Language, type Words, wordsOfPattern } from '@tiaodu/types'
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import localize from 'ajv-i18n'

// Its types describe an ES module, its code is CommonJS.
const { zh } = localize as unknown as { zh(errors: ErrorObject[]): void }

import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'

const ajv = new Ajv({ allErrors: true, strict: false, coerceTypes: false, removeAdditional: false, messages: true })
addFormats.default(ajv)

const INTEGER = /^-?\d{1,15}$/

// Query and path values arrive as text: numbers and booleans are read strictly, anything else stays text and fails.
function toTyped(schema: TSchema, values: Record<string, unknown>): Record<string, unknown> {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {}
  const typed = Object.entries(values).map(([name, value]) => {
    const type = properties[name]?.type
    if (type === 'integer' && typeof value === 'string' && INTEGER.test(value)) return [name, Number(value)]
    if (type === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true']
    return [name, value]
  })
  return Object.fromEntries(typed)
}

/** Validation without coercion of bodies; a failure carries Ajv's errors as `ajvErrors`. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const isValid = ajv.compile(schema)
  return (data: unknown) => {
    const value = httpPart === 'body' ? data : toTyped(schema, data as Record<string, unknown>)
    if (isValid(value)) return { value }
    return { error: Object.assign(new Error('validation'), { ajvErrors: isValid.errors ?? [] }) }
  }
}

const fieldOf = (error: ErrorObject): string => {
  const parent = error.instancePath.slice(1).replaceAll('/', '.')
  const child = error.params.missingProperty ?? error.params.additionalProperty
  return [parent, child].filter((part) => part !== undefined && part !== '').join('.')
}

const FORMATS: Readonly<Record<string, Words>> = {
  date: { zh: '应为真实存在的日期，如 2026-11-05', en: 'must be a day that exists, as 2026-11-05' },
  'date-time': { zh: '应为时间，如 2026-11-05T10:00:00Z', en: 'must be an instant, as 2026-11-05T10:00:00Z' },
  email: { zh: '应为电子邮箱地址', en: 'must be an e-mail address' },
  uuid: { zh: '应为小写的 UUID', en: 'must be a UUID in lower case' },
}

// A pattern says nothing to people: those of the contracts have words of their own.
const ownWords = ({ keyword, params }: ErrorObject): Words | undefined => {
  if (keyword === 'pattern') return wordsOfPattern(params.pattern)
  return keyword === 'format' ? FORMATS[params.format] : undefined
}

/** One entry per refused field, in the reader's language. */
export function toFieldErrors(errors: ErrorObject[], language: Language): FieldError[] {
  const localized = structuredClone(errors)
  if (language === 'zh') zh(localized)
  const byField = new Map<string, FieldError>()
  for (const error of localized) {
    // A nullable field fails twice, once as its type and once as null: the first says more.
    if (error.keyword === 'anyOf' || byField.has(fieldOf(error))) continue
    byField.set(fieldOf(error), {
      field: fieldOf(error),
      reason: ownWords(error)?.[language] ?? error.message ?? error.keyword,
    })
  }
  return [...byField.values()]
}

/** What is wrong with values as they stand in an address, held against the schema of a query; fields lie under `path`. */
export function assessQuery(schema: TSchema, values: Record<string, unknown>, path: string): Fault[] {
  const isValid = ajv.compile(schema)
  if (isValid(toTyped(schema, values))) return []
  const [chinese, english] = [toFieldErrors(isValid.errors ?? [], 'zh'), toFieldErrors(isValid.errors ?? [], 'en')]
  return chinese.map(({ field, reason }, at) => ({
    field: `${path}.${field}`,
    reason: { zh: reason, en: english[at]?.reason ?? reason },
  }))
}
