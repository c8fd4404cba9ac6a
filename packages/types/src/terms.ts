import { Formed } from './primitives.ts'

/** A quarter of a year, `2026-Q3`. */
export const Quarter = Formed(
  '^20[0-9]{2}-Q[1-4]$',
  { zh: '应为季度，如 2026-Q3', en: 'must be a quarter, as 2026-Q3' },
  { description: 'Quarter YYYY-Qn' },
)

/** A half of a year, `2026-H1`. */
export const HalfYear = Formed(
  '^20[0-9]{2}-H[12]$',
  { zh: '应为半年，如 2026-H1', en: 'must be a half year, as 2026-H1' },
  { description: 'Half year YYYY-Hn' },
)

const MONTHS = 12
const PARTS: Readonly<Record<string, number>> = { Q: 4, H: 2 }

/** The months of a year (`2026`), a half or a quarter, in order. */
export function monthsOfTerm(term: string): string[] {
  const [year = '', part = ''] = term.split('-')
  const length = MONTHS / (PARTS[part.slice(0, 1)] ?? 1)
  const first = part === '' ? 0 : (Number(part.slice(1)) - 1) * length
  return Array.from({ length }, (_, at) => `${year}-${String(first + at + 1).padStart(2, '0')}`)
}

/** The quarters or halves of a year. */
export const termsOfYear = (year: number, part: 'Q' | 'H'): string[] =>
  Array.from({ length: PARTS[part] ?? 0 }, (_, at) => `${year}-${part}${at + 1}`)
