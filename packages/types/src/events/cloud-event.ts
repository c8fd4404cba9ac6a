import Type, { type Static } from 'typebox'
import { Closed, Instant } from '../primitives.ts'
import { PublishedEvent } from './published.ts'

/** A business event as integrators get it: a CloudEvents 1.0 envelope with the sequence extension. */
export const CloudEvent = Closed({
  specversion: Type.Literal('1.0'),
  id: Type.String({ minLength: 1, description: 'Unique; a repeat has the same' }),
  source: Type.String({ format: 'uri-reference' }),
  type: PublishedEvent,
  subject: Type.Optional(Type.String({ minLength: 1, description: 'Id of the project or unit it is about' })),
  time: Instant,
  datacontenttype: Type.Literal('application/json'),
  sequence: Type.String({ description: 'Position in the feed, as digits', pattern: '^[0-9]+$' }),
  data: Type.Unknown({ description: 'By type; docs/asyncapi.json' }),
})
export type CloudEvent = Static<typeof CloudEvent>
