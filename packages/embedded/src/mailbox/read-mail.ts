import { type AddressObject, simpleParser } from 'mailparser'

/** One kept message, decoded from whatever charset and transfer encoding it came in. */
export type ReadMail = {
  /** With its angle brackets, e.g. `<a1@example.cn>`. */
  messageId: string
  /** The addresses it was delivered to (the SMTP envelope), not what its To line claims. */
  to: string[]
  /** The address of the From line. */
  from: string
  subject: string
  /** Empty when the message has no such part. */
  text: string
  html: string
  /** When the mailbox accepted it. */
  receivedAt: Date
}

const DELIVERED_TO = 'delivered-to'
const RECEIVED_AT = 'x-received-at'

export type Delivery = { messageId: string; to: readonly string[]; receivedAt: Date; addMessageId: boolean }

/** Puts before a message what a mail store adds to it on delivery, so that the .eml file alone tells the whole story. */
export function stampDelivery(raw: Buffer, delivery: Delivery): Buffer {
  const lines = [
    ...delivery.to.map((address) => `Delivered-To: ${address}`),
    `X-Received-At: ${delivery.receivedAt.toISOString()}`,
  ]
  if (delivery.addMessageId) lines.push(`Message-ID: ${delivery.messageId}`)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n`), raw])
}

/** The Message-ID of a message as it came over the wire, if it has one. */
export async function findMessageId(raw: Buffer): Promise<string | undefined> {
  return (await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })).messageId
}

/** Reads a stamped message. */
export async function readMail(stamped: Buffer): Promise<ReadMail> {
  const mail = await simpleParser(stamped, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  const values = (key: string) =>
    mail.headerLines
      .filter((header) => header.key === key)
      .map((header) => header.line.slice(header.line.indexOf(':') + 1).trim())
  const receivedAt = values(RECEIVED_AT)[0]
  return {
    messageId: mail.messageId ?? '',
    to: values(DELIVERED_TO),
    from: addressOf(mail.from),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    receivedAt: receivedAt ? new Date(receivedAt) : (mail.date ?? new Date(0)),
  }
}

function addressOf(found: AddressObject | undefined): string {
  return found?.value[0]?.address ?? ''
}
