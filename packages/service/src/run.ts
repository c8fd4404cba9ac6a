import closeWithGrace from 'close-with-grace'
import { ConfigError } from './config.ts'
import type { Logger } from './logger.ts'

const GRACE_MS = 8_000

/** Something that was started and can be stopped. */
export interface Running {
  readonly logger: Logger
  close(): Promise<void>
}

/**
 * Runs a process: starts it, closes it on SIGINT and SIGTERM within 8 s, and exits 1 with a clear message when it
 * cannot start.
 */
export async function run(start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start()
    closeWithGrace({ delay: GRACE_MS, logger: running.logger as never }, async ({ err }) => {
      if (err !== undefined) running.logger.fatal({ err }, 'stopping on an error')
      await running.close()
    })
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  }
}
