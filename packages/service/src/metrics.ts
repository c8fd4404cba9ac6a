import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A number of a service's own, read whenever it is asked for; undefined while there is none (NaN). */
export interface GaugePart {
  readonly name: string
  readonly help: string
  readonly read: () => Promise<number | undefined>
}

/** `/metrics` in Prometheus' text format: the process, the time of each route by status, and what the service adds. */
export function addMetrics(
  app: FastifyInstance,
  gauges: readonly GaugePart[] = [],
  addOwn: (register: Registry) => void = () => {},
): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to response, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [register],
  })
  for (const { name, help, read } of gauges) {
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        this.set((await read()) ?? Number.NaN)
      },
    })
  }
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    }
    seconds.observe(labels, reply.elapsedTime / 1000)
  })
  addOwn(register)
  app.get('/metrics', async (_request, reply) => reply.type(register.contentType).send(await register.metrics()))
}
