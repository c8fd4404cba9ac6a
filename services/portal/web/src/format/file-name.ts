// What the API takes of a name and a file system allows beyond it.
const REFUSED =
  /\u20e3|[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Emoji_Presentation}\u2800\ufffc\ufffd\u{1f000}-\u{1ffff}]/gu
const MAX = 200

/** The name of a file that somebody chose, as it stands in the history of imports. */
export const toFileName = (name: string): string =>
  [...name.replace(REFUSED, '').trim()].slice(0, MAX).join('').trim() || 'file'
