import { readConfig, serviceConfig } from '@tiaodu/service'
import Type from 'typebox'

const schema = Type.Object({
  ...serviceConfig,
  PORT: Type.Integer({ default: 8083 }),
  WORKER_PORT: Type.Integer({ default: 8093 }),
  PROJECTS_URL: Type.String({ default: 'http://127.0.0.1:8081' }),
  INVESTMENT_URL: Type.String({ default: 'http://127.0.0.1:8082' }),
  /** Absent: messages stay in the inbox, nothing is mailed. */
  SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://' })),
  MAIL_FROM: Type.String({ default: '调度 <tiaodu@localhost>' }),
  /** Where people open the portal, for links in mails; absent: no links. */
  PORTAL_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  /** Seals what operators enter of endpoints; TOKEN_SECRET when absent. */
  SEAL_SECRET: Type.Optional(Type.String({ minLength: 32 })),
  /** How long business events are kept for integrators. */
  EVENT_DAYS: Type.Integer({ default: 90, minimum: 7 }),
  /** How often due instants are swept. */
  SWEEP_SECONDS: Type.Integer({ default: 60, minimum: 1 }),
})

export const readNotificationsConfig = () => readConfig(schema, process.env)
