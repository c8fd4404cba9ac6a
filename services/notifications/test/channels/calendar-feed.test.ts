import ICAL from 'ical.js'
import t from 'tap'
import { toCalendar } from '../../src/channels/calendar-feed.ts'

const DUE_AT = '2026-12-07T10:00:00.000Z'

t.test('RFC 5545: CRLF, lines of 75 octets, escaped text, stamped, for any words', async (t) => {
  const now = new Date('2026-12-01T01:00:00Z')
  for (const words of ['短', '很长的名称'.repeat(40), 'a;b,c\\d\ne', '😀'.repeat(50), '\r\nBEGIN:VALARM\r\nX:1']) {
    const deadline = {
      uid: 'x',
      at: new Date(DUE_AT),
      summary: words,
      description: `${words}\n二`,
      sequence: 3,
      alarms: [86_400],
    }
    const text = toCalendar([deadline, { ...deadline, uid: 'y', at: '2026-12-11' }], now)
    t.ok(text.endsWith('END:VCALENDAR') || text.endsWith('END:VCALENDAR\r\n'))
    for (const line of text.split('\r\n')) {
      t.ok(Buffer.byteLength(line) <= 75, 'at most 75 octets')
      t.notMatch(line, /[\r\n]/, 'no line break but CRLF')
      t.equal(Buffer.from(line).toString(), line, 'no character cut in two')
      t.notMatch(line, /\uFFFD|^ ?[\uDC00-\uDFFF]/)
    }
    const calendar = new ICAL.Component(ICAL.parse(text))
    t.match(calendar.getFirstPropertyValue('version'), '2.0')
    t.ok(calendar.getFirstPropertyValue('prodid'))
    const [timed, whole] = calendar.getAllSubcomponents('vevent')
    t.equal(timed?.getFirstPropertyValue('summary'), words.replaceAll('\r\n', '\n'))
    t.equal(String(timed?.getFirstPropertyValue('dtstamp')), '2026-12-01T01:00:00Z')
    t.equal(timed?.getAllSubcomponents('valarm').length, 1)
    t.match(timed?.getFirstSubcomponent('valarm')?.getFirstPropertyValue('action'), 'DISPLAY')
    t.equal(timed?.getFirstPropertyValue('uid'), 'x@tiaodu')
    t.equal(String(whole?.getFirstPropertyValue('dtstart')), '2026-12-11')
  }
})
