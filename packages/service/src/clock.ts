import { readFileSync } from 'node:fs'

/** The only source of the present: `now()` is an instant; `isSimulated` marks what is recorded as 演示数据. */
export interface Clock {
  now(): Date
  readonly isSimulated: boolean
}

/** The machine's clock, or one that stands at the RFC 3339 instant in `file` until the file changes. */
export function createClock(file?: string): Clock {
  if (file === undefined) return { now: () => new Date(), isSimulated: false }
  return {
    isSimulated: true,
    now() {
      const text = readFileSync(file, 'utf8').trim()
      const instant = new Date(text)
      if (Number.isNaN(instant.getTime())) throw new Error(`${file} does not hold an instant: "${text}"`)
      return instant
    },
  }
}
