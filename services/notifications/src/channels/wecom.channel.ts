import type { Channel } from '../domain/delivery.ts'
import { postToRobot } from './robots/post-to-robot.ts'
import { cutToBytes, toRobotText } from './robots/robot-text.ts'

const MOST_BYTES = 4_096
// 45009: more than 20 messages a minute; 93000: no such robot.
const CODES = { names: ['errcode'], busy: [45_009], busySeconds: 60, final: [93_000] }

/** Group robots of 企业微信: Markdown, at most 4,096 bytes, 20 a minute. The key in the address is the only secret they have. */
export const wecomChannel: Channel = {
  ...{ atOnce: 1, claim: 1, pauseMs: 3_000 },
  async send(delivery, endpoint) {
    const content = cutToBytes(toRobotText(delivery).text, MOST_BYTES)
    return postToRobot(endpoint, endpoint?.settings.url, { msgtype: 'markdown', markdown: { content } }, CODES)
  },
}
