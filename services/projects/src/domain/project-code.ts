const SEGMENTS = [
  { name: 'year and month', pattern: /^\d{2}(0[1-9]|1[0-2])$/ },
  { name: 'region', pattern: /^[1-9]\d{5}$/ },
  { name: 'department', pattern: /^\d{2}$/ },
  { name: 'type', pattern: /^\d{2}$/ },
  { name: 'number', pattern: /^\d{6}$/ },
] as const

/** What is wrong with a 项目代码 such as 2105-410802-04-01-123456; undefined when its structure is right. */
export function assessProjectCode(code: string): string | undefined {
  const segments = code.split('-')
  if (segments.length !== SEGMENTS.length) return 'must have five segments: 2105-410802-04-01-123456'
  const wrong = SEGMENTS.find(({ pattern }, place) => !pattern.test(segments[place] ?? ''))
  return wrong && `the segment "${wrong.name}" is not as in 2105-410802-04-01-123456`
}
