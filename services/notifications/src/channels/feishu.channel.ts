import { createHmac } from 'node:crypto'
import type { Channel } from '../domain/delivery.ts'
import { postToRobot } from './robots/post-to-robot.ts'
import { cutToBytes, toRobotText } from './robots/robot-text.ts'

// Of the 20 KB that a body may have.
const MOST_BYTES = 16_000
// 11232: too many messages; 19001: no such robot; 19021, 19022, 19024: the signature, the address list, a keyword is not met.
const CODES = {
  names: ['code', 'StatusCode'],
  busy: [11_232],
  busySeconds: 60,
  final: [19_001, 19_021, 19_022, 19_024],
}

/** What 飞书 wants in a signed body: HMAC-SHA256 over nothing, its key seconds, a line break and the secret. */
function toSignature(secret: string | undefined, now: Date): { timestamp?: string; sign?: string } {
  if (secret === undefined) return {}
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') }
}

/** Group robots of 飞书: a card with Markdown, 5 a second; signed when they have a secret (签名校验), by the machine's clock. */
export const feishuChannel: Channel = {
  ...{ atOnce: 1, claim: 1, pauseMs: 600 },
  async send(delivery, endpoint) {
    const { title, text } = toRobotText(delivery)
    const card = {
      header: { title: { tag: 'plain_text', content: title } },
      elements: [{ tag: 'markdown', content: cutToBytes(text, MOST_BYTES) }],
    }
    const body = { ...toSignature(endpoint?.settings.secret, new Date()), msg_type: 'interactive', card }
    return postToRobot(endpoint, endpoint?.settings.url, body, CODES)
  },
}
