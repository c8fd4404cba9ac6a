export { type Mailbox, type MailboxOptions, type ReadMail, startMailbox } from './mailbox.ts'
export { type EmbeddedPostgres, type PostgresOptions, startPostgres, stopPostgres } from './postgres.ts'
export { findRedis, type PrivateRedis, type RedisOptions, startRedis } from './redis.ts'
