import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import t from 'tap'
import { type ReadMail, startMailbox } from '../src/index.ts'

const directory = await mkdtemp(join(tmpdir(), 'tiaodu-mailbox-'))
t.teardown(() => rm(directory, { recursive: true }))

const REPORT = [
  'Message-ID: <due-1@tiaodu.example>',
  'From: =?utf-8?B?6LCD5bqm?= <noreply@tiaodu.example>',
  'To: someone-else@example.cn',
  `Subject: =?utf-8?B?${Buffer.from('月报催报').toString('base64')}?=`,
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=gbk',
  'Content-Transfer-Encoding: base64',
  '',
  'x+u9u9TCsag=', // 请交月报
].join('\r\n')

/** One SMTP conversation; gives the server's answer to the message. */
async function send(port: number, message: string, to = ['wang@example.cn']): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const answer = async () => {
    for (;;) {
      const line = String((await lines.next()).value)
      if (line[3] !== '-') return line
    }
  }
  await answer()
  for (const command of [
    'EHLO test',
    'MAIL FROM:<noreply@tiaodu.example>',
    ...to.map((one) => `RCPT TO:<${one}>`),
    'DATA',
  ]) {
    socket.write(`${command}\r\n`)
    await answer()
  }
  socket.write(`${message.replace(/^\./gm, '..')}\r\n.\r\n`)
  const result = await answer()
  socket.end('QUIT\r\n')
  await once(socket, 'close')
  return result
}

t.test('a message is kept once under its Message-ID and read in plain Chinese', async (t) => {
  const heard: ReadMail[] = []
  const mailbox = await startMailbox({ directory, onMessage: (mail) => heard.push(mail) })
  t.equal(mailbox.url, `smtp://127.0.0.1:${mailbox.port}`)
  const answers = await Promise.all(
    [1, 2, 3].map(() => send(mailbox.port, REPORT, ['wang@example.cn', 'li@example.cn'])),
  )
  t.ok(answers.every((answer) => answer.startsWith('250')))
  t.match(mailbox.messages(), [
    {
      messageId: '<due-1@tiaodu.example>',
      to: ['wang@example.cn', 'li@example.cn'],
      from: 'noreply@tiaodu.example',
      subject: '月报催报',
      text: '请交月报',
      html: '',
    },
  ])
  t.equal(mailbox.duplicates(), 2)
  t.same(heard, mailbox.messages())
  await mailbox.close()
})

t.test('after a restart the kept messages are known again', async (t) => {
  const mailbox = await startMailbox({ directory })
  t.match(mailbox.messages(), [
    { messageId: '<due-1@tiaodu.example>', to: ['wang@example.cn', 'li@example.cn'], text: '请交月报' },
  ])
  t.ok(Date.now() - (mailbox.messages()[0]?.receivedAt.getTime() ?? 0) < 60_000)
  t.match(await send(mailbox.port, REPORT), /^250/)
  t.equal(mailbox.duplicates(), 1)
  t.equal(mailbox.messages().length, 1)
  const names = await readdir(directory)
  t.match(names, [/^[0-9a-f]{64}\.eml$/])
  t.ok(
    (await readFile(join(directory, names[0] ?? ''), 'utf8')).endsWith(`${REPORT}\r\n`),
    'the file holds the message as it came',
  )
  await mailbox.close()
})

t.test('messages without a Message-ID are never duplicates', async (t) => {
  const mailbox = await startMailbox()
  for (let i = 0; i < 2; i++) await send(mailbox.port, 'Subject: hello\r\n\r\n.dot')
  t.equal(mailbox.duplicates(), 0)
  t.match(
    mailbox.messages().map((mail) => mail.text.trim()),
    ['.dot', '.dot'],
  )
  t.equal(new Set(mailbox.messages().map((mail) => mail.messageId)).size, 2)
  await mailbox.close()
})

t.test('a taken port is an error', async (t) => {
  const mailbox = await startMailbox()
  await t.rejects(startMailbox({ port: mailbox.port }), { code: 'EADDRINUSE' })
  await mailbox.close()
})
