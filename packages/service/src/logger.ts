import { type Logger, pino } from 'pino'

export type { Logger }

/** A JSON logger on standard output. Tokens, cookies and passwords are never written. */
export const createLogger = (name: string, level = 'info'): Logger =>
  pino({
    name,
    level,
    redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token', '*.password', '*.token'],
  })
