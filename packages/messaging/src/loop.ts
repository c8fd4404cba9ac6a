import type { Logger } from 'pino'

/** A repeating task; `stop` waits for the round under way. */
export interface Loop {
  stop(): Promise<void>
}

/**
 * Runs `round` again and again, at once while it says there is more, else after `pauseMs`. An error is logged and
 * the next round comes after the pause: what a round does must be safe to repeat.
 */
export function startLoop(name: string, pauseMs: number, logger: Logger, round: () => Promise<boolean>): Loop {
  let isStopping = false
  let wake: (() => void) | undefined
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const running = (async () => {
    while (!isStopping) {
      let hasMore = false
      try {
        hasMore = await round()
      } catch (error) {
        logger.error({ err: error }, `${name} failed, trying again`)
      }
      if (!hasMore && !isStopping) await pause()
    }
  })()
  return {
    async stop() {
      isStopping = true
      wake?.()
      await running
    },
  }
}
