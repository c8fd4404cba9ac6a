import type { Clock } from '@tiaodu/service'

/** A clock that stands still until it is set. */
export interface TestClock extends Clock {
  set(instant: string): void
}

/** A clock that stands at an RFC 3339 instant; `isSimulated` marks what is recorded as 演示数据. */
export function createTestClock(instant: string, isSimulated = false): TestClock {
  let present = new Date(instant)
  return {
    isSimulated,
    now: () => present,
    set(next) {
      present = new Date(next)
    },
  }
}
