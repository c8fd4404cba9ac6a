import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Type, { type Static, type TObject } from 'typebox'

/** A variable of the environment is missing or wrong; the process should say so and exit 1. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** What every process of every service reads. */
export const serviceConfig = {
  DATABASE_URL: Type.String({ minLength: 1 }),
  /** Absent: BullMQ runs on its PostgreSQL backend. */
  REDIS_URL: Type.Optional(Type.String({ minLength: 1 })),
  /** HMAC key of the sign-in tokens, the same for all services. */
  TOKEN_SECRET: Type.String({ minLength: 32 }),
  HOST: Type.String({ default: '127.0.0.1' }),
  LOG_LEVEL: Type.String({ default: 'info' }),
  /** A file that holds an RFC 3339 instant: time stands there, and what is recorded is 演示数据. */
  CLOCK_FILE: Type.Optional(Type.String({ minLength: 1 })),
}

/**
 * The environment as an object of the given schema: strings become numbers and booleans, defaults are filled in.
 * @throws ConfigError naming every variable that is missing or wrong.
 */
export function readConfig<T extends TObject>(schema: T, environment: NodeJS.ProcessEnv): Static<T> {
  const ajv = new Ajv({ coerceTypes: true, useDefaults: true, removeAdditional: 'all', allErrors: true })
  addFormats.default(ajv)
  // A variable that is set to nothing is as good as absent.
  const values = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const isValid = ajv.compile({ ...schema, additionalProperties: false })
  if (isValid(values)) return values as Static<T>
  const faults = (isValid.errors ?? []).map((error) => {
    const name = error.instancePath.slice(1) || String(error.params.missingProperty ?? '')
    return `  ${name} ${error.message ?? ''}`
  })
  throw new ConfigError(`The environment is not as required:\n${[...new Set(faults)].join('\n')}`)
}
