import type { PublishedEvent } from '@tiaodu/types'
import { wordFor } from '../../i18n/index.ts'

/** As PUBLISHED_EVENTS of @tiaodu/types, which the page does not load for a few words. */
export const EVENTS = [
  'project.changed.v1',
  'project.moved.v1',
  'baseline.recorded.v1',
  'steps.slipped.v1',
  'step.settled.v1',
  'unit.changed.v1',
  'cycle.opened.v1',
  'report.submitted.v1',
  'report.returned.v1',
  'report.passed.v1',
  'report.approved.v1',
  'report.corrected.v1',
  'difficulty.registered.v1',
  'difficulty.resolved.v1',
  'difficulty.rescheduled.v1',
  'difficulty.slipped.v1',
  'bulletin.published.v1',
  'bulletin.corrected.v1',
] as const satisfies readonly PublishedEvent[]

export const toEvent = (type: string): string => wordFor(`event_${type}`)
