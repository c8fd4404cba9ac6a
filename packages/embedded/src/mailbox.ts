import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { loadMails, saveMail } from './mailbox/mail-folder.ts'
import { findMessageId, type ReadMail, readMail, stampDelivery } from './mailbox/read-mail.ts'

export type { ReadMail }

export type MailboxOptions = {
  /** TCP port on 127.0.0.1; a free one when missing. */
  port?: number
  /** Keeps every message as `<sha256 of its Message-ID>.eml`; those of earlier runs are known again. In memory only when missing. */
  directory?: string
  /** Called once for every kept message, not for duplicates. What it throws is an uncaught exception. */
  onMessage?: (mail: ReadMail) => void
}

export type Mailbox = {
  /** `smtp://127.0.0.1:<port>` */
  url: string
  port: number
  /** All kept messages in the order of their arrival, also those of earlier runs. */
  messages(): ReadMail[]
  /** How many messages this run discarded because one with their Message-ID was already kept. */
  duplicates(): number
  /** Ends the server; connections still open are cut after a second. */
  close(): Promise<void>
}

const SIZE_LIMIT_BYTES = 25 * 1024 * 1024

/**
 * A real SMTP server on 127.0.0.1 that takes mail for any address, without sign-in and TLS, and delivers none of it further.
 * It answers 250 to a duplicate too, as mail stores do. A message without a Message-ID is given one, so it is never a duplicate.
 * @throws Error EADDRINUSE when the given port is taken
 */
export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const { directory, onMessage = () => {} } = options
  const kept = directory ? await loadMails(directory) : []
  const known = new Set(kept.map((mail) => mail.messageId))
  let duplicates = 0

  const keep = async (raw: Buffer, to: string[]) => {
    const given = await findMessageId(raw)
    if (given && known.has(given)) {
      duplicates++
      return
    }
    const messageId = given ?? `<${randomUUID()}@mailbox.invalid>`
    const stamped = stampDelivery(raw, { messageId, to, receivedAt: new Date(), addMessageId: !given })
    const mail = await readMail(stamped)
    if (directory) await saveMail(directory, messageId, stamped)
    known.add(messageId)
    kept.push(mail)
    queueMicrotask(() => onMessage(mail))
  }

  // One message after the other: two copies that arrive together must not both be kept.
  let last: Promise<void> = Promise.resolve()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: SIZE_LIMIT_BYTES,
    rejectOversized: true,
    closeTimeout: 1_000,
    onData(stream, session, callback) {
      const mine = readMessage(stream).then((raw) => {
        last = last.catch(() => {}).then(() => keep(raw, recipients(session)))
        return last
      })
      mine.then(() => callback(), callback)
    },
  })
  const port = await listen(server, options.port ?? 0)
  server.on('error', () => {}) // a client that hangs up in the middle of a message
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    messages: () => [...kept],
    duplicates: () => duplicates,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function readMessage(stream: SMTPServerDataStream): Promise<Buffer> {
  const raw = await buffer(stream)
  if (stream.sizeExceeded) throw Object.assign(new Error('Message exceeds the size limit'), { responseCode: 552 })
  return raw
}

function recipients(session: SMTPServerSession): string[] {
  return session.envelope.rcptTo.map((recipient) => recipient.address)
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const socket = server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = socket.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
