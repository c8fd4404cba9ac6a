import { OneOf } from '../primitives.ts'
import type { EventName } from './index.ts'

/**
 * The business events that integrators read in the feed and get as webhooks, in the field's words. The others are of the
 * inside: `projects.loaded` is told as one `project.changed` for each project, `obligations.issued` follows from
 * `cycle.opened` and is listed at /api/v1/cycles, `person.changed` is about people, `lights.changed` tells
 * of many projects at once: lights are read at /api/v1/lights.
 */
export const EVENT_WORDS = {
  'project.changed.v1': { zh: '项目登记或变更', en: 'A project was registered or changed' },
  'project.moved.v1': { zh: '项目转换阶段', en: 'A project moved to another stage' },
  'baseline.recorded.v1': { zh: '批复或调概登记', en: 'A baseline of a project was recorded' },
  'steps.slipped.v1': { zh: '推进计划步骤滞后', en: 'Steps of the push plan have slipped' },
  'step.settled.v1': { zh: '滞后步骤已处理', en: 'A step that had slipped was settled' },
  'unit.changed.v1': { zh: '单位登记或变更', en: 'A unit was registered or changed' },
  'cycle.opened.v1': { zh: '月报期启动', en: 'A monthly cycle opened' },
  'report.submitted.v1': { zh: '月报上报', en: 'A report was filed' },
  'report.returned.v1': { zh: '月报退回', en: 'A report was returned' },
  'report.passed.v1': { zh: '月报通过本级审核', en: 'A report passed a level of review' },
  'report.approved.v1': { zh: '月报审核通过', en: 'A report was approved' },
  'report.corrected.v1': { zh: '月报更正', en: 'An approved report was corrected' },
  'difficulty.registered.v1': { zh: '困难和问题登记', en: 'A difficulty went into the ledger' },
  'difficulty.resolved.v1': { zh: '困难和问题解决', en: 'A difficulty was resolved' },
  'difficulty.slipped.v1': { zh: '困难和问题超期', en: 'An open difficulty has passed its due day' },
  'difficulty.rescheduled.v1': { zh: '困难和问题改期', en: 'A difficulty has another due day' },
  'bulletin.published.v1': { zh: '月通报发布', en: 'A monthly bulletin was published' },
  'bulletin.corrected.v1': { zh: '月通报勘误', en: 'A published bulletin was corrected' },
} as const satisfies Partial<Record<EventName, { zh: string; en: string }>>
export type PublishedEvent = keyof typeof EVENT_WORDS
export const PUBLISHED_EVENTS = Object.keys(EVENT_WORDS) as [PublishedEvent, ...PublishedEvent[]]
export const PublishedEvent = OneOf(
  PUBLISHED_EVENTS,
  `业务事件: ${Object.entries(EVENT_WORDS)
    .map(([name, { zh }]) => `${name} ${zh}`)
    .join(', ')}`,
)

/** Whether integrators hear of an event. */
export const isPublished = (name: EventName): name is PublishedEvent => name in EVENT_WORDS
