// Parts of a character class, for a regular expression with the flag u. Code points beyond the first plane stand for
// themselves, since no two dialects of regular expressions agree on how to write them.
const CONTROL = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029'
// Zero-width, joining and filling characters, direction marks, variation selectors, tags: two names that look alike would differ.
const INVISIBLE =
  '\\u00ad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f' +
  '\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0' +
  '\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}'
// Half surrogate pairs, what is no character, and the sign that stands for one that was lost.
const BROKEN = '\\ud800-\\udfff\\ufdd0-\\ufdef\\ufff0-\\uffff'
// What is drawn as a picture by itself; ★, ✓ and № are signs of print and are taken.
const EMOJI =
  '\\u20e3\\u231a\\u231b\\u23e9-\\u23ec\\u23f0\\u23f3\\u25fd\\u25fe\\u2614\\u2615\\u2648-\\u2653\\u267f\\u2693\\u26a1' +
  '\\u26aa\\u26ab\\u26bd\\u26be\\u26c4\\u26c5\\u26ce\\u26d4\\u26ea\\u26f2\\u26f3\\u26f5\\u26fa\\u26fd\\u2705\\u270a' +
  '\\u270b\\u2728\\u274c\\u274e\\u2753-\\u2755\\u2757\\u2795-\\u2797\\u27b0\\u27bf\\u2b1b\\u2b1c\\u2b50\\u2b55' +
  '\u{1f000}-\u{1ffff}'

const REFUSED = `${CONTROL}${INVISIBLE}${BROKEN}${EMOJI}`

/** One line of visible text that neither begins nor ends in a space. */
export const LINE_PATTERN = `^[^${REFUSED}\\s](?:[^${REFUSED}\\t\\n\\r]*[^${REFUSED}\\s])?$`

/** Visible text of any number of lines. */
export const PROSE_PATTERN = `^[^${REFUSED}]*$`

const line = new RegExp(LINE_PATTERN, 'u')
const prose = new RegExp(PROSE_PATTERN, 'u')

/** Whether a text is one line of visible characters, as the API takes it: no control, zero-width or direction characters, no emoji. */
export const isVisibleLine = (text: string): boolean => line.test(text)

/** Whether a text of several lines has visible characters alone. */
export const isVisibleProse = (text: string): boolean => prose.test(text)

const refused = new RegExp(`[${REFUSED}]`, 'gu')
const codeOf = (character: string) =>
  `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`

/** A text that was refused, as people can be shown it: what nobody sees, and what no database takes, by its code point. */
export const toShown = (text: string): string => text.replace(refused, codeOf)
