import { readConfig, serviceConfig } from '@tiaodu/service'
import Type from 'typebox'

const schema = Type.Object({
  ...serviceConfig,
  PORT: Type.Integer({ default: 8081 }),
  /** How often the worker looks for steps of push plans that have slipped. */
  SWEEP_SECONDS: Type.Integer({ default: 60, minimum: 1 }),
  WORKER_PORT: Type.Integer({ default: 8091 }),
})

export const readProjectsConfig = () => readConfig(schema, process.env)
