import t from 'tap'
import { cutToBytes, toRobotText } from '../../src/channels/robots/robot-text.ts'

t.test('a long text is cut to whole characters; what people entered is no Markdown', async (t) => {
  for (const bytes of [9, 10, 11, 12]) {
    const cut = cutToBytes('重点项目调度', bytes)
    t.ok(Buffer.byteLength(cut) <= bytes)
    t.match(cut, /^重点?点?项?…$/)
  }
  t.equal(cutToBytes('调度', 6), '调度')
  const message = {
    kind: 'alert' as const,
    email: null,
    mobile: null,
    title: '**急**',
    body: '[点我](http://x)\n<@all>',
    why: '本群',
  }
  const about = {
    eventId: null,
    id: '',
    channel: 'wecom' as const,
    attempts: 1,
    ageSeconds: 0,
    queuedAt: new Date(),
    event: null,
  }
  t.equal(toRobotText({ ...about, message }).text, '**＊＊急＊＊**\n\n［点我］(http://x)\n＜@all＞\n\n> 本群')
})
