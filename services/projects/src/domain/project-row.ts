import { type NewProject, STAGES, type Stage } from '@tiaodu/types'
import { toYuanFromYi } from './amounts.ts'

/** A line of a file: column name to text. */
export type FileRow = Readonly<Record<string, string>>

/** What is wrong with one cell; `row` counts from 2, under the header. */
export interface CellProblem {
  readonly row: number
  readonly column: string
  readonly value: string
  readonly reason: string
}

const STAGES_BY_WORD = new Map(Object.entries(STAGES).map(([code, word]) => [word as string, code as Stage]))

const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/u
const LIMITS = { name: 200, region_name: 50, category: 50, source: 200, section: 100, note: 2_000 } as const
const OPTIONAL = new Set(['source', 'section', 'note'])

function assessText(row: FileRow, column: keyof typeof LIMITS): string | undefined {
  const value = row[column] ?? ''
  if (value.trim() === '') return OPTIONAL.has(column) ? undefined : 'must not be empty'
  if (value.length > LIMITS[column]) return `must be at most ${LIMITS[column]} characters`
  return INVISIBLE.test(value) ? 'must not have control or invisible characters' : undefined
}

const orNull = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value.trim()

/** One line of a project list as a project, or every problem that its cells have. */
export function toProject(row: FileRow, rowNumber: number): { project: NewProject } | { problems: CellProblem[] } {
  const problems: CellProblem[] = []
  const refuse = (column: string, reason: string) =>
    problems.push({ row: rowNumber, column, value: (row[column] ?? '').slice(0, 100), reason })

  for (const column of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const reason = assessText(row, column)
    if (reason !== undefined) refuse(column, reason)
  }
  const regionCode = row.region_code ?? ''
  if (!/^[1-9]\d{5}$/.test(regionCode)) refuse('region_code', 'must be six digits')
  const stage = STAGES_BY_WORD.get(row.stage ?? '')
  if (stage === undefined) refuse('stage', `must be one of ${[...STAGES_BY_WORD.keys()].join(' ')}`)
  const total = row.total_investment_yi ?? ''
  const totalInvestmentYuan = total === '' ? null : toYuanFromYi(total)
  if (totalInvestmentYuan === undefined) refuse('total_investment_yi', 'must be a positive amount in 亿元, or empty')

  if (problems.length > 0 || stage === undefined || totalInvestmentYuan === undefined) return { problems }
  return {
    project: {
      name: (row.name ?? '').trim(),
      regionCode,
      regionName: (row.region_name ?? '').trim(),
      category: (row.category ?? '').trim(),
      stage,
      totalInvestmentYuan,
      source: orNull(row.source),
      section: orNull(row.section),
      note: orNull(row.note),
    },
  }
}
