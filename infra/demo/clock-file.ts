import { renameSync, writeFileSync } from 'node:fs'

/** The hands of the simulated clock: services read the instant from its file. */
export interface ClockFile {
  readonly file: string
  set(instant: Date | string): void
}

/** Written beside and renamed, so that nobody reads half an instant. */
export function createClockFile(file: string): ClockFile {
  return {
    file,
    set(instant) {
      const text = typeof instant === 'string' ? new Date(instant).toISOString() : instant.toISOString()
      writeFileSync(`${file}.new`, text)
      renameSync(`${file}.new`, file)
    },
  }
}
