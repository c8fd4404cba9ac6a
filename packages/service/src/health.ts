import type { FastifyInstance } from 'fastify'

/** Named checks; each throws when its part does not work. */
export type HealthChecks = Record<string, () => Promise<void>>

const CHECK_MS = 3_000

const within = (check: () => Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_MS} ms`)), CHECK_MS)
    check()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })

/** `/healthz`: the process lives. `/readyz`: every part it needs works, else 503 with what does not. */
export function addHealth(app: FastifyInstance, checks: HealthChecks): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        try {
          await within(check)
          return [name, 'ok'] as const
        } catch (error) {
          return [name, error instanceof Error ? error.message : String(error)] as const
        }
      }),
    )
    const isReady = results.every(([, result]) => result === 'ok')
    return reply
      .code(isReady ? 200 : 503)
      .send({ status: isReady ? 'ok' : 'not ready', checks: Object.fromEntries(results) })
  })
}
