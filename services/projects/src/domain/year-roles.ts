import { type Project, type Words, YEAR_ROLES } from '@tiaodu/types'
import { parts, type Read, word } from './cells.ts'

type YearRoles = Project['yearRoles']

const PART = /^(20\d{2})\s*年?\s*[：:]?\s*(\D.*)$/
const MAX = 20
const FORM: Words = { zh: '应如 2025年：新开工；2026年：续建', en: 'must be as 2025年：新开工；2026年：续建' }
const TOO_MANY: Words = { zh: `不能超过 ${MAX} 个年度`, en: `must be at most ${MAX} years` }

const readRole = word(YEAR_ROLES)
const ALIASES: Readonly<Record<string, string>> = { 前期: 'preparing', 预备: 'preparing' }

function readOne(text: string): ReturnType<Read> {
  const [, year, role = ''] = PART.exec(text) ?? []
  if (year === undefined) return { reason: FORM }
  // Brackets as people type them.
  const written = role.replace('（', '(').replace('）', ')').trim()
  const reading = readRole(ALIASES[written] ?? written)
  return 'reason' in reading ? reading : { value: { year: Number(year), role: reading.value } }
}

/** The roles by year of a cell: 2025年：新开工；2026年：续建. */
export const readYearRoles: Read = parts(readOne, MAX, TOO_MANY)

/** Roles by year as a cell that can be read again. */
export const toYearRolesText = (roles: YearRoles): string =>
  roles.map(({ year, role }) => `${year}年：${YEAR_ROLES[role]}`).join('；')
