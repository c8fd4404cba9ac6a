import { createHmac } from 'node:crypto'
import type { Channel } from '../domain/delivery.ts'
import { postToRobot } from './robots/post-to-robot.ts'
import { cutToBytes, toRobotText } from './robots/robot-text.ts'

const MOST_BYTES = 18_000
const LINE_BREAK = '  \n'
// 130101: more than 20 messages a minute, none is taken for 10 minutes then; 300001, 300005: no such robot; 310000: the
// signature, a keyword or the address list is not met.
const CODES = { names: ['errcode'], busy: [130_101], busySeconds: 600, final: [300_001, 300_005, 310_000] }

/** The address with the signature of 钉钉: HMAC-SHA256 with the secret over milliseconds, a line break and the secret. */
function toSignedUrl(url: string, secret: string | undefined, now: Date): string {
  if (secret === undefined) return url
  const timestamp = String(now.getTime())
  const signed = new URL(url)
  signed.searchParams.set('timestamp', timestamp)
  signed.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'))
  return signed.href
}

/** Group robots of 钉钉: Markdown, 20 a minute; signed when they have a secret (加签), by the machine's clock. */
export const dingtalkChannel: Channel = {
  ...{ atOnce: 1, claim: 1, pauseMs: 3_000 },
  async send(delivery, endpoint) {
    const { title, text } = toRobotText(delivery, LINE_BREAK)
    const url = endpoint === null ? undefined : toSignedUrl(endpoint.settings.url, endpoint.settings.secret, new Date())
    const markdown = { title, text: cutToBytes(text, MOST_BYTES) }
    return postToRobot(endpoint, url, { msgtype: 'markdown', markdown }, CODES)
  },
}
