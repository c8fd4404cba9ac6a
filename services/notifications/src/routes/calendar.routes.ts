import { Readable } from 'node:stream'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import {
  type CalendarParts,
  closeFeed,
  getAddress,
  readCalendar,
  renewAddress,
} from '../operations/keep-calendar-feed.ts'

export function mountCalendar(app: FastifyInstance, parts: CalendarParts): void {
  mount(app, routes.getCalendarAddress, async ({ actor }) => ({ address: await getAddress(parts, actor) }))
  mount(app, routes.renewCalendarAddress, ({ actor, now }) => renewAddress(parts, actor, now))
  mount(app, routes.closeCalendarFeed, ({ actor }) => closeFeed(parts, actor))
  mount(app, routes.getCalendarFeed, async ({ params, now }) => ({
    stream: Readable.from([await readCalendar(parts, params.file, now)]),
    type: 'text/calendar',
    fileName: 'tiaodu.ics',
  }))
}
