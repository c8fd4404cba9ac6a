import t from 'tap'
import { ASSESSMENT_COMPUTED, ASSESSMENT_ENTERED } from '../src/fields/assessment.fields.ts'
import { ASSIGNED } from '../src/fields/assigned.fields.ts'
import { BULLETIN_COMPUTED, BULLETIN_ENTERED } from '../src/fields/bulletin.fields.ts'
import { COMPUTED } from '../src/fields/computed.fields.ts'
import { DOCUMENT } from '../src/fields/document.fields.ts'
import { ENTERED } from '../src/fields/entered.fields.ts'
import { FORECASTS } from '../src/fields/forecast.fields.ts'
import { OPERATIONS } from '../src/fields/operations.fields.ts'
import { factsOfField } from '../src/index.ts'

t.test('a field has one source', async (t) => {
  const entered = [ENTERED, BULLETIN_ENTERED, ASSESSMENT_ENTERED]
  const computed = [COMPUTED, BULLETIN_COMPUTED, FORECASTS, ASSESSMENT_COMPUTED]
  const names = [...entered, DOCUMENT, ...computed, ASSIGNED, OPERATIONS].flatMap(Object.keys)
  t.same(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
})

t.test('the longest known end of a path decides', async (t) => {
  t.match(factsOfField(['Report', 'previous', 'completedYuan']), { source: 'entered', zh: '本月完成投资' })
  t.match(factsOfField(['SummaryRow', 'completedYuan']), { source: 'computed', zh: '本年累计完成投资' })
  t.match(factsOfField(['listProjectVersions', 'items', 'changes', 'from']), { source: 'assigned', zh: '变更前' })
  t.equal(factsOfField(['Report', 'nobodyKnows']), undefined)
})
