import { type CloudEvent, type EventEnvelope, isPublished, type PublishedEvent } from '@tiaodu/types'

/** A business event before it has a number. */
export interface BusinessEvent {
  readonly id: string
  readonly type: PublishedEvent
  readonly occurredAt: string
  readonly subject: string | null
  readonly projectId: string | null
  readonly unitId: string | null
  readonly regionCode: string | null
  /** Everybody may read it; else whoever reaches the project or the unit. */
  readonly isForAll: boolean
  readonly data: unknown
}

/** What integrators hear of an event: nothing, the event, or one for each project of a list that was loaded. */
export function toBusinessEvents(event: EventEnvelope): BusinessEvent[] {
  const { id, name, occurredAt } = event
  if (event.name === 'projects.loaded.v1') {
    return event.payload.projects.map((project, at) => ({
      id: `${id}.${at}`,
      type: 'project.changed.v1',
      occurredAt,
      subject: project.projectId,
      projectId: project.projectId,
      unitId: project.responsibleUnitId,
      regionCode: project.regionCode,
      isForAll: false,
      data: project,
    }))
  }
  if (!isPublished(name)) return []
  const said = event.payload as { projectId?: string; unitId?: string | null; regionCode?: string }
  const [projectId, regionCode] = [said.projectId ?? null, said.regionCode ?? null]
  const subject = projectId ?? said.unitId ?? null
  const unitId = projectId === null ? (said.unitId ?? null) : null
  return [
    {
      id,
      type: name,
      occurredAt,
      subject,
      projectId,
      unitId,
      regionCode,
      isForAll: subject === null,
      data: event.payload,
    },
  ]
}

/** A row of the log with its number. */
export interface NumberedEvent {
  readonly id: string
  readonly seq: number
  readonly type: PublishedEvent
  readonly occurredAt: string
  readonly subject: string | null
  readonly data: unknown
}

/** A business event in its CloudEvents 1.0 envelope. */
export const toCloudEvent = ({ id, seq, type, occurredAt, subject, data }: NumberedEvent): CloudEvent => ({
  specversion: '1.0',
  id,
  source: '/tiaodu',
  type,
  ...(subject === null ? {} : { subject }),
  time: occurredAt,
  datacontenttype: 'application/json',
  sequence: String(seq),
  data,
})
