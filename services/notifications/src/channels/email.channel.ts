import { createTransport } from 'nodemailer'
import { type Channel, DeliveryFailure } from '../domain/delivery.ts'
import { toLetter } from './mail/letter.ts'

const ANSWER_MS = 10_000

// No automatic answer (RFC 3834), neither from a mail server nor from Exchange.
const HEADERS = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

/** The other side will say the same of this mail tomorrow: 5xx of SMTP, but for one that is about the moment. */
const isFinal = (error: unknown): boolean => {
  const { responseCode = 0 } = error as { responseCode?: number }
  return responseCode >= 550 && responseCode < 560 && responseCode !== 552
}

export interface MailSettings {
  readonly smtpUrl: string
  readonly from: string
  /** Where people open the portal; absent: mails carry no link. */
  readonly portalUrl?: string | undefined
}

/**
 * E-mail over SMTP. The Message-ID is the delivery's own, so that a repeat after a crash can be told from a new mail.
 */
export function createEmailChannel({ smtpUrl, from, portalUrl }: MailSettings): Channel & { close(): void } {
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
          ...toLetter(message, portalUrl),
          to: message.email,
          messageId: `<${id}@tiaodu>`,
          headers: HEADERS,
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
