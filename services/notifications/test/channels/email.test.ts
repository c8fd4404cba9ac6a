import { startMailbox } from '@tiaodu/embedded'
import { waitFor } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { createEmailChannel } from '../../src/channels/email.channel.ts'
import { toLetter } from '../../src/channels/mail/letter.ts'
import { AT_ONCE } from '../../src/domain/channel-choice.ts'
import type { OutgoingMessage } from '../../src/domain/delivery.ts'
import { wordDigest } from '../../src/domain/digest-wording.ts'
import { insertMessages } from '../../src/repositories/messages.repository.ts'
import { at, subject } from '../fixtures/policies.ts'
import { operator, startNotifications } from '../fixtures/service.ts'
import { startSmtp } from '../fixtures/smtp.ts'

const FROM = '调度 <tiaodu@localhost>'
const PORTAL_URL = 'https://tiaodu.example.cn/'
const isSettled = ({ state }: { state: string }) => state === 'sent' || state === 'failed' || state === 'givenUp'

const digest = wordDigest(
  [1, 2].map((n) => ({
    ...{
      subject: subject(n, { projectId: uuidv7(), unitName: n === 1 ? '一局' : '<二局>' }),
      role: 'filer' as const,
      policyId: 'overdue-0',
    },
    ...{ steps: 1, isPromiseBroken: false, step: null },
  })),
  at('2026-12-08T09:00'),
)

/** The service with one message on its way to each address. */
const sendTo = async (scope: Test, smtpUrl: string, ...addresses: string[]) => {
  const email = createEmailChannel({ smtpUrl, from: FROM, portalUrl: PORTAL_URL })
  const service = await startNotifications(scope, { email })
  const db = service.database.kysely
  scope.teardown(() => email.close())
  const ids: string[] = []
  for (const address of addresses) {
    const id = uuidv7()
    await sql`insert into people (id, version, name, unit_id, role, region_code, email)
      values (${id}, 1, '甲', ${uuidv7()}, 'filer', '410800', ${address})`.execute(db)
    const message = { personId: id, wording: digest, sending: AT_ONCE }
    const ways = { channels: ['email'] as const, isSimulated: false }
    await db.transaction().execute((trx) => insertMessages(trx, [message], ways, service.clock.now()))
    const { body } = await service.call(operator, routes.listDeliveries, { query: { personId: id } })
    ids.push(body.items[0].id)
  }
  return { ...service, db, ids }
}

t.test(
  'a digest arrives as text and as HTML in Chinese, with why it came; its row tells what the server said',
  async (t) => {
    const mailbox = await startMailbox({})
    t.teardown(() => mailbox.close())
    const { ids, deliveryWhen } = await sendTo(t, mailbox.url, 'filer@example.cn')
    const [id = ''] = ids
    t.match(await deliveryWhen(id, isSettled), {
      ...{ channel: 'email', state: 'sent', attempts: 1, answer: /^250 /, recipient: '甲' },
      ...{ why: '您是上述项目的填报人', title: digest.title, nextAttemptAt: null },
    })
    const [mail] = await waitFor('the mail', async () => mailbox.messages().length > 0 && mailbox.messages())
    t.match(mail, { to: ['filer@example.cn'], subject: digest.title, messageId: `<${id}@tiaodu>` })
    t.match(mail?.text, /· 项目2（<二局>）2026-11 月报，已逾期 15 小时/)
    for (const part of [mail?.text, mail?.html]) {
      t.match(part, /您是上述项目的填报人，因此收到本邮件。/)
      t.match(part, 'https://tiaodu.example.cn/inbox')
      t.match(part, /职责所需的通知不能关闭/)
    }
    t.match(mail?.html, /<html lang="zh-CN">/)
    t.match(mail?.html, /<li>项目2（&lt;二局&gt;）2026-11 月报/)
    t.notMatch(mail?.html, /<二局>/, 'what people have entered is no markup')
  },
)

t.test('it asks for no automatic answer', async (t) => {
  const { letters, url } = await startSmtp(t)
  const { ids, deliveryWhen } = await sendTo(t, url, 'a@example.cn')
  t.match(await deliveryWhen(ids[0] ?? '', isSettled), { state: 'sent', answer: '250 taken as 1' })
  t.match(letters[0], /^Auto-Submitted: auto-generated\r$/m)
  t.match(letters[0], /^Content-Type: multipart\/alternative/m)
})

t.test('what the server refuses for good is given up at once; what it cannot take now is tried again', async (t) => {
  let isFull = true
  const { letters, url } = await startSmtp(t, (address) =>
    address.startsWith('nobody') ? '550 5.1.1 no such user' : isFull ? '452 4.2.2 mailbox full' : '250 OK',
  )
  const { ids, deliveryWhen, call, db } = await sendTo(t, url, 'nobody@example.cn', 'full@example.cn')
  const [gone = '', full = ''] = ids
  t.match(await deliveryWhen(gone, isSettled), { state: 'givenUp', attempts: 1, answer: /550 5\.1\.1 no such user/ })
  const failed = await deliveryWhen(full, isSettled)
  t.match(failed, { state: 'failed', answer: /452 4\.2\.2 mailbox full/ })
  t.ok(failed.nextAttemptAt)
  isFull = false
  t.match(await deliveryWhen(full, ({ state }) => state === 'sent'), { answer: /^250 / })
  t.equal(letters.length, 1)

  await sql`update people set email = 'new@example.cn' where email like 'nobody%'`.execute(db)
  t.equal((await call(operator, routes.replayDelivery, { params: { id: gone } })).status, 202)
  t.match(await deliveryWhen(gone, ({ state }) => state === 'sent'), { attempts: 1 }, 'to the address of today')
})

t.test('a mail without the address of the portal has no link', async (t) => {
  const message: OutgoingMessage = {
    ...{
      kind: 'bulletin',
      email: 'a@example.cn',
      mobile: null,
      title: '第 3 期月通报已发布',
      body: '关于“一桥”的通报',
    },
    why: '月通报发送单位负责人',
  }
  const { subject: title, text, html } = toLetter(message, undefined)
  t.equal(title, message.title)
  t.notMatch(text + html, /https?:/)
  t.match(html, /<p style="margin:8px 0">关于“一桥”的通报<\/p>/)
  t.match(toLetter(message, 'https://a.cn/tiaodu').text, 'https://a.cn/tiaodu/inbox', 'also below a folder')
})
