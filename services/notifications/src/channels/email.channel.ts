import { createTransport } from 'nodemailer'

/** What of a delivery goes into a mail. */
export interface Mail {
  readonly id: string
  readonly address: string
  readonly title: string
  readonly body: string
  readonly why: string
}

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
}: Mail) => `<!doctype html><html lang="zh-CN"><body style="font-family:sans-serif;line-height:1.7">
<h2 style="font-size:17px">${escapeHtml(title)}</h2>
<p>${escapeHtml(body).replaceAll('\n', '<br>')}</p>
<p style="color:#666;font-size:13px">${escapeHtml(why)}，因此收到本邮件。</p></body></html>`

/**
 * E-mail over SMTP. The Message-ID is the delivery's own, so that a repeat after a crash can be told from a new mail.
 */
export function createEmailChannel(smtpUrl: string, from: string) {
  const transport = createTransport(smtpUrl, { from })
  const options = { connectionTimeout: ANSWER_MS, greetingTimeout: ANSWER_MS, socketTimeout: ANSWER_MS }
  Object.assign(transport.options, options)
  return {
    async send(mail: Mail): Promise<string> {
      const { response } = await transport.sendMail({
        to: mail.address,
        messageId: `<${mail.id}@tiaodu>`,
        subject: mail.title,
        text: `${mail.body}\n\n${mail.why}，因此收到本邮件。`,
        html: toHtml(mail),
      })
      return response
    },
    close: () => transport.close(),
  }
}
