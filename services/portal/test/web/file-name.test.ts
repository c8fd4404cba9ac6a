import { isVisibleLine } from '@tiaodu/types'
import t from 'tap'
import { toFileName } from '../../web/src/format/file-name.ts'

t.test('whatever a file is called, its name can be handed in', async (t) => {
  t.equal(toFileName('重点项目✅ 2026\u200b.xlsx '), '重点项目 2026.xlsx')
  t.equal(toFileName('\u202e🏗'), 'file')
  t.equal([...toFileName('𬭎'.repeat(300))].length, 200)
  const refused: number[] = []
  for (let code = 0; code <= 0x10ffff; code++)
    if (!isVisibleLine(toFileName(`表${String.fromCodePoint(code)}格`))) refused.push(code)
  t.same(refused, [])
})
