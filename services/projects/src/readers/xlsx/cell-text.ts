const DAY_MS = 86_400_000
const LAST_SERIAL = 2_958_465

/** Digits that a number cell keeps; what was typed beyond them is lost already. */
export const EXACT_DIGITS = 15

// 1900 had no 29 February, but day 60 of the spreadsheet's calendar is that day.
const PHANTOM = 60

/** A serial day of the 1900 or 1904 calendar as YYYY-MM-DD, its time left out; undefined when it is no day. */
export function toDay(serial: number, is1904: boolean): string | undefined {
  const day = Math.floor(serial)
  if (!(day >= (is1904 ? 0 : 1)) || day > LAST_SERIAL) return undefined
  if (!is1904 && day === PHANTOM) return '1900-02-29'
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < PHANTOM ? 31 : 30)
  return new Date(epoch + day * DAY_MS).toISOString().slice(0, 10)
}

/** A number as a spreadsheet shows it: 15 digits, so without the noise of binary fractions, and never as 1E5. */
export function toNumberText(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(EXACT_DIGITS - 1).split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '')
  const point = Number(exponent) + 1
  if (digits === '') return '0'
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (digits.length <= point) return sign + digits.padEnd(point, '0')
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Text of a part as it was typed: `_x000D_` is how the format writes what XML cannot hold. */
export const toPlainText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** The column of a reference such as AB12, from 0, and its row; undefined when it is none. */
export function toPlace(reference: string): { column: number; row: number } | undefined {
  const [, letters = '', row = ''] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(reference) ?? []
  if (letters === '') return undefined
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { column, row: Number(row) }
}

/** The letters of a column: 27 is AB. */
export const toLetters = (column: number): string =>
  (column < 26 ? '' : toLetters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))
