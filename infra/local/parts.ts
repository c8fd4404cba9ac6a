/** A process of the system: one HTTP front or one worker of a service. */
export interface Part {
  readonly name: string
  readonly service: 'projects' | 'investment' | 'notifications' | 'portal'
  readonly script: string
  readonly port: number
  readonly isWorker: boolean
}

const worker = (service: Part['service'], port: number): Part => ({
  name: `${service}-worker`,
  service,
  script: `services/${service}/dist/src/worker.js`,
  port,
  isWorker: true,
})

const http = (service: Part['service'], port: number): Part => ({
  name: service,
  service,
  script: `services/${service}/dist/src/main.js`,
  port,
  isWorker: false,
})

/** Every process, the front door last; ports count from the portal's. */
export const partsAt = (portalPort: number): Part[] => [
  http('projects', portalPort + 1),
  http('investment', portalPort + 2),
  http('notifications', portalPort + 3),
  worker('projects', portalPort + 11),
  worker('investment', portalPort + 12),
  worker('notifications', portalPort + 13),
  http('portal', portalPort),
]
