import { createTransport } from 'nodemailer'
import { type Channel, DeliveryFailure, type OutgoingMessage } from '../domain/delivery.ts'

const ANSWER_MS = 10_000

const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  )

const toHtml = ({
  title,
  body,
  why,
}: OutgoingMessage) => `<!doctype html><html lang="zh-CN"><body style="font-family:sans-serif;line-height:1.7">
<h2 style="font-size:17px">${escapeHtml(title)}</h2>
<p>${escapeHtml(body).replaceAll('\n', '<br>')}</p>
<p style="color:#666;font-size:13px">${escapeHtml(why)}，因此收到本邮件。</p></body></html>`

/** The other side will say the same of this mail tomorrow: 5xx of SMTP, but for one that is about the moment. */
const isFinal = (error: unknown): boolean => {
  const { responseCode = 0 } = error as { responseCode?: number }
  return responseCode >= 550 && responseCode < 560 && responseCode !== 552
}

/**
 * E-mail over SMTP. The Message-ID is the delivery's own, so that a repeat after a crash can be told from a new mail.
 */
export function createEmailChannel(smtpUrl: string, from: string): Channel & { close(): void } {
  const transport = createTransport(smtpUrl, { from })
  const options = { connectionTimeout: ANSWER_MS, greetingTimeout: ANSWER_MS, socketTimeout: ANSWER_MS }
  Object.assign(transport.options, options)
  return {
    atOnce: 4,
    claim: 4,
    async send({ id, message }) {
      if (message === null || message.email === null) throw new DeliveryFailure('没有邮箱地址', 'never')
      try {
        const { response } = await transport.sendMail({
          to: message.email,
          messageId: `<${id}@tiaodu>`,
          subject: message.title,
          text: `${message.body}\n\n${message.why}，因此收到本邮件。`,
          html: toHtml(message),
        })
        return response
      } catch (error) {
        if (!isFinal(error)) throw error
        throw new DeliveryFailure((error as Error).message, 'never')
      }
    },
    close: () => transport.close(),
  }
}
