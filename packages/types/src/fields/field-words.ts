/**
 * Words of fields: the field's name, or the end of its path (`changes.from`), then its word in the trade, what it is
 * in English, and the unit of a number when the name does not tell it.
 */
export type FieldWords = Readonly<Record<string, readonly [zh: string, en: string, unit?: string]>>
