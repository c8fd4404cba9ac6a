import type { Words } from '@tiaodu/types'

const EXAMPLE = '2105-410802-04-01-123456'

const SEGMENTS = [
  { name: { zh: '年月', en: 'year and month' }, pattern: /^\d{2}(0[1-9]|1[0-2])$/ },
  { name: { zh: '区划', en: 'region' }, pattern: /^[1-9]\d{5}$/ },
  { name: { zh: '部门', en: 'department' }, pattern: /^\d{2}$/ },
  { name: { zh: '类型', en: 'type' }, pattern: /^\d{2}$/ },
  { name: { zh: '序号', en: 'number' }, pattern: /^\d{6}$/ },
] as const

/** What is wrong with a 项目代码 such as 2105-410802-04-01-123456; undefined when its structure is right. */
export function assessProjectCode(code: string): Words | undefined {
  const segments = code.split('-')
  if (segments.length !== SEGMENTS.length)
    return { zh: `应有五段，如 ${EXAMPLE}`, en: `must have five segments: ${EXAMPLE}` }
  const wrong = SEGMENTS.find(({ pattern }, place) => !pattern.test(segments[place] ?? ''))
  if (wrong === undefined) return undefined
  const { zh, en } = wrong.name
  return { zh: `“${zh}”段不合要求，应如 ${EXAMPLE}`, en: `the segment "${en}" is not as in ${EXAMPLE}` }
}
