import { readConfig, serviceConfig } from '@tiaodu/service'
import Type from 'typebox'

const schema = Type.Object({
  ...serviceConfig,
  PORT: Type.Integer({ default: 8081 }),
  WORKER_PORT: Type.Integer({ default: 8091 }),
})

export const readProjectsConfig = () => readConfig(schema, process.env)
