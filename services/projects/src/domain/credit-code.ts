import type { Words } from '@tiaodu/types'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const BASE = 31

/** The check digit of the first 17 characters of a 统一社会信用代码 (GB 32100-2015). */
export function creditCodeCheckDigit(characters: string): string {
  let sum = 0
  let weight = 1
  for (const character of characters) {
    sum += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % BASE
  }
  return ALPHABET[(BASE - (sum % BASE)) % BASE] ?? ''
}

export const WRONG_CHECK_DIGIT: Words = { zh: '校验码不符', en: 'the check digit does not fit' }

/** Whether 18 characters of the code's alphabet end in their check digit. */
export const isCreditCode = (code: string): boolean =>
  code.length === 18 &&
  [...code].every((character) => ALPHABET.includes(character)) &&
  creditCodeCheckDigit(code.slice(0, 17)) === code[17]
