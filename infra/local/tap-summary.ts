export interface Counts {
  passed: number
  failed: number
  skipped: number
}

const SUMMARY = /# \{ (total: .*) \}/

/** Adds tap's closing line of a workspace, such as `# { total: 9, pass: 8, fail: 1 }`. */
export function addSummary(counts: Counts, line: string): void {
  const text = SUMMARY.exec(line)?.[1]
  if (text === undefined) return
  const numbers = new Map(text.split(', ').map((part) => part.split(': ') as [string, string]))
  const count = (name: string) => Number(numbers.get(name) ?? 0)
  counts.passed += count('pass')
  counts.failed += count('fail')
  counts.skipped += count('skip') + count('todo')
}
