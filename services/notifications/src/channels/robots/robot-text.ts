import type { ClaimedDelivery } from '../../domain/delivery.ts'

/** The longest beginning of a text that fits so many bytes of UTF-8; what is cut ends in an ellipsis. */
export function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const room = Buffer.from(text).subarray(0, bytes - Buffer.byteLength('…'))
  // A character that was cut in two is left out.
  return `${new TextDecoder().decode(room, { stream: true })}…`
}

const PLAIN: Readonly<Record<string, string>> = {
  ...{ '[': '［', ']': '］', '<': '＜', '>': '＞', '*': '＊', '`': '｀', '#': '＃', _: '＿', '|': '｜' },
}
/** What people have entered says nothing in Markdown: no link, no mention, no heading. */
const toPlain = (text: string) => text.replace(/[[\]<>*`#_|]/g, (sign) => PLAIN[sign] ?? sign)

/** What a robot says in Markdown: the title, the words, and why this group hears them. `lineBreak`: how the provider writes one. */
export function toRobotText({ message, queuedAt }: ClaimedDelivery, lineBreak = '\n'): { title: string; text: string } {
  const { title, body, why } = message ?? {
    title: '测试消息',
    body: `调度系统已能向本群发送消息（${new Date(queuedAt).toISOString()}）`,
    why: '系统管理员发起的测试',
  }
  const lines = toPlain(body).split('\n').join(lineBreak)
  return { title: toPlain(title), text: `**${toPlain(title)}**\n\n${lines}\n\n> ${toPlain(why)}` }
}
