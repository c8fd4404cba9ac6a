/** The languages that people read. */
export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A sentence in both languages; a reader is given one of them. */
export type Words = Readonly<Record<Language, string>>
