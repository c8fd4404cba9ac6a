import type { EventName } from './index.ts'

/** The services that consume events; each has one queue. */
export type ConsumerName = 'investment' | 'notifications'

/** The whole bus on one page: event -> who consumes it. The relay fans out by it. */
export const subscriptions = {
  'project.changed.v1': ['investment', 'notifications'],
  'projects.loaded.v1': ['investment', 'notifications'],
  'project.moved.v1': ['investment', 'notifications'],
  'baseline.recorded.v1': ['investment', 'notifications'],
  'steps.slipped.v1': ['investment', 'notifications'],
  'step.settled.v1': ['investment', 'notifications'],
  'unit.changed.v1': ['investment', 'notifications'],
  'person.changed.v1': ['notifications'],
  'cycle.opened.v1': ['notifications'],
  'obligations.issued.v1': ['notifications'],
  'obligation.changed.v1': ['notifications'],
  'report.submitted.v1': ['notifications'],
  'report.returned.v1': ['notifications'],
  'report.passed.v1': ['notifications'],
  'report.approved.v1': ['notifications'],
  'report.corrected.v1': ['notifications'],
  'difficulty.registered.v1': ['notifications'],
  'difficulty.resolved.v1': ['notifications'],
  'difficulty.slipped.v1': ['notifications'],
  'difficulty.rescheduled.v1': ['notifications'],
  'lights.changed.v1': ['notifications'],
  'bulletin.published.v1': ['notifications'],
  'rollups.diverged.v1': ['notifications'],
  'bulletin.corrected.v1': ['notifications'],
} as const satisfies Record<EventName, readonly ConsumerName[]>

/** The events a service has subscribed to. */
export type SubscribedEvent<C extends ConsumerName> = {
  [N in EventName]: C extends (typeof subscriptions)[N][number] ? N : never
}[EventName]
