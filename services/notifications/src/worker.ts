import { createClient } from '@tiaodu/client'
import { assertMigrated, connect } from '@tiaodu/database'
import { createQueueBoard, createTransport, startConsumer } from '@tiaodu/messaging'
import {
  createApp,
  createClock,
  createLogger,
  createSeal,
  createTokens,
  deadLetterGauge,
  run,
  serviceActor,
  type Tokens,
} from '@tiaodu/service'
import { QUEUES } from '@tiaodu/types'
import { migrations } from '../migrations/index.ts'
import { dingtalkChannel } from './channels/dingtalk.channel.ts'
import { createEmailChannel } from './channels/email.channel.ts'
import { feishuChannel } from './channels/feishu.channel.ts'
import { closeConnections } from './channels/http/send-request.ts'
import { smsChannel } from './channels/sms.channel.ts'
import { webhookChannel } from './channels/webhook.channel.ts'
import { wecomChannel } from './channels/wecom.channel.ts'
import { readNotificationsConfig } from './config.ts'
import { createHandlers } from './consumers/notifications.consumer.ts'
import type { Ways } from './domain/channel-choice.ts'
import type { DB } from './generated/tables.ts'
import { createDeliveryMetrics } from './metrics.ts'
import { startDelivering, startPublishing, startSweeping } from './sweeps.ts'

const TOKEN_SECONDS = 300

const openMail = ({ SMTP_URL, MAIL_FROM, PORTAL_URL }: ReturnType<typeof readNotificationsConfig>) =>
  SMTP_URL === undefined ? undefined : createEmailChannel({ smtpUrl: SMTP_URL, from: MAIL_FROM, portalUrl: PORTAL_URL })

const askForPeople = (baseUrl: string, tokens: Tokens) => async (id: string) => {
  const token = await tokens.sign(serviceActor('notifications'), { seconds: TOKEN_SECONDS })
  return await createClient({ baseUrl, token }).getPerson({ params: { id } })
}

await run(async () => {
  const config = readNotificationsConfig()
  const logger = createLogger('notifications-worker', config.LOG_LEVEL)
  const clock = createClock(config.CLOCK_FILE)
  const tokens = createTokens(config.TOKEN_SECRET)
  const database = connect<DB>({ url: config.DATABASE_URL, schema: 'notifications', poolSize: 8 })
  const db = database.kysely
  await assertMigrated(db, 'notifications', migrations)
  const transport = createTransport({ databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL, logger })
  await transport.check()

  const queues = createQueueBoard({ names: QUEUES.notifications, db, transport, logger })
  const email = openMail(config)
  if (email === undefined) logger.warn('SMTP_URL is not set: messages stay in the inbox, nothing is mailed')
  const ways: Ways = { channels: email === undefined ? ['sms'] : ['email', 'sms'], isSimulated: clock.isSimulated }
  const handlers = createHandlers({ clock, ways, getPerson: askForPeople(config.PROJECTS_URL, tokens) })
  const consumer = startConsumer({ name: 'notifications', db, transport, handlers, logger })
  const sweeping = startSweeping({ db, clock, ways, logger, everySeconds: config.SWEEP_SECONDS })
  const robots = { wecom: wecomChannel, dingtalk: dingtalkChannel, feishu: feishuChannel }
  const channels = { webhook: webhookChannel, sms: smsChannel, ...robots, ...(email === undefined ? {} : { email }) }
  const seal = createSeal(config.SEAL_SECRET ?? config.TOKEN_SECRET)
  const metrics = createDeliveryMetrics(db, clock)
  const delivering = startDelivering({ db, transport, logger, channels, seal, onOutcome: metrics.onOutcome })

  const publishing = startPublishing({ db, keptDays: config.EVENT_DAYS, logger })

  const checks = { database: async () => void (await database.pool.query('select 1')), queue: transport.check }
  const health = createApp({
    logger,
    tokens,
    clock,
    checks,
    gauges: [deadLetterGauge(queues)],
    addMetrics: metrics.register,
  })
  await health.listen({ host: config.HOST, port: config.WORKER_PORT })
  return {
    logger,
    async close() {
      await Promise.all([sweeping.stop(), consumer.close(), delivering.close(), publishing.stop()])
      await Promise.all([queues.close(), health.close()])
      email?.close()
      await closeConnections()
      await database.close()
    },
  }
})
