import { readConfig, serviceConfig } from '@tiaodu/service'
import Type from 'typebox'

const ServiceUrl = (port: number) => Type.String({ format: 'uri', default: `http://127.0.0.1:${port}` })

const schema = Type.Object({
  ...serviceConfig,
  PORT: Type.Integer({ default: 8080 }),
  PROJECTS_URL: ServiceUrl(8081),
  INVESTMENT_URL: ServiceUrl(8082),
  NOTIFICATIONS_URL: ServiceUrl(8083),
  /** Says on the sign-in page where the demo accounts are. */
  DEMO: Type.Boolean({ default: false }),
  /** Addresses of the proxies before us, separated by commas, whose X-Forwarded-* headers are believed. */
  TRUST_PROXY: Type.Optional(Type.String({ minLength: 1 })),
})

export const readPortalConfig = () => readConfig(schema, process.env)
