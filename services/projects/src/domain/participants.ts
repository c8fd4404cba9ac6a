import { type Fault, PARTICIPANT_ROLES, type Participant, type ParticipantRole, type Words } from '@tiaodu/types'
import { line, parts, type Read, word } from './cells.ts'
import { isCreditCode, WRONG_CHECK_DIGIT } from './credit-code.ts'

// What a cell of a list could not tell from its own marks.
const MARKS = /[；;]|[（(][0-9A-Z]{18}[）)]$/
const MARKED: Words = {
  zh: '名称不能含分号，信用代码请另填',
  en: 'a name has no semicolon, and the credit code stands beside it',
}

/** What is wrong with one participant by itself. */
export function assessParticipant({ name, creditCode }: Participant): Fault | undefined {
  if (MARKS.test(name)) return { field: 'name', reason: MARKED }
  return creditCode === null || isCreditCode(creditCode)
    ? undefined
    : { field: 'creditCode', reason: WRONG_CHECK_DIGIT }
}

const PART = /^([^：:]+)[：:]\s*(.+?)\s*(?:[（(]([0-9A-Z]{18})[）)])?$/
const readRole = word(PARTICIPANT_ROLES)
const readName = line(100)
const MAX = 50

const FORM: Words = {
  zh: '应如 施工：某公司（统一社会信用代码）；监理：某公司',
  en: 'must be as 施工：company（credit code）；监理：company',
}

function readOne(text: string): { value: Participant } | { reason: Words } {
  const [, role = '', name = '', creditCode = null] = PART.exec(text) ?? []
  if (name === '') return { reason: FORM }
  const [readingOfRole, readingOfName] = [readRole(role.trim()), readName(name)]
  if ('reason' in readingOfRole) return readingOfRole
  if ('reason' in readingOfName) return readingOfName
  const value = { role: readingOfRole.value as ParticipantRole, name, creditCode }
  const fault = assessParticipant(value)
  return fault === undefined ? { value } : { reason: fault.reason }
}

/** The participants of a cell: 施工：某公司（91…）；监理：某公司. */
export const readParticipants: Read = parts(readOne, MAX, { zh: `不能超过 ${MAX} 家`, en: `must be at most ${MAX}` })

/** Participants as a cell that can be read again. */
export const toParticipantsText = (participants: readonly Participant[]): string =>
  participants
    .map(
      ({ role, name, creditCode }) =>
        `${PARTICIPANT_ROLES[role]}：${name}${creditCode === null ? '' : `（${creditCode}）`}`,
    )
    .join('；')
