import schema from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' }
import { EVENT_WORDS, events } from '@tiaodu/types'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import t from 'tap'
import { asyncApi } from '../generate/asyncapi.ts'

t.test('the document of the business events is AsyncAPI 3.0, and tells of each as it is defined', async (t) => {
  const document = JSON.parse(JSON.stringify(asyncApi()))
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  addFormats.default(ajv)
  const isValid = ajv.compile(schema)
  t.ok(isValid(document), JSON.stringify(isValid.errors?.slice(0, 3)))
  t.same(Object.keys(document.components.messages), Object.keys(EVENT_WORDS))
  for (const name of Object.keys(EVENT_WORDS) as (keyof typeof EVENT_WORDS)[]) {
    t.same(document.components.schemas[name], JSON.parse(JSON.stringify(events[name].payload)), name)
  }
})
