import { OneOf } from '../primitives.ts'
import type { EventName } from './index.ts'

/**
 * The business events that integrators read in the feed and get as webhooks. The others are of the inside:
 * `projects.loaded` is told as one `project.changed` for each project, `obligations.issued` follows from `cycle.opened`
 * and is listed at /api/v1/cycles, `person.changed` is about people.
 */
export const PUBLISHED_EVENTS = [
  'project.changed.v1',
  'project.moved.v1',
  'baseline.recorded.v1',
  'steps.slipped.v1',
  'step.settled.v1',
  'unit.changed.v1',
  'cycle.opened.v1',
  'report.submitted.v1',
  'report.returned.v1',
  'report.approved.v1',
  'report.corrected.v1',
  'difficulty.registered.v1',
  'difficulty.resolved.v1',
  'difficulty.slipped.v1',
  'bulletin.published.v1',
] as const satisfies readonly EventName[]
export const PublishedEvent = OneOf(PUBLISHED_EVENTS, '业务事件 a business event')
export type PublishedEvent = (typeof PUBLISHED_EVENTS)[number]
