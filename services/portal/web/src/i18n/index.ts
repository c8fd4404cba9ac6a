import { ref, watchEffect } from 'vue'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Language = 'zh' | 'en'
export type Word = keyof typeof zh

const KEY = 'tiaodu.language'
const dictionaries: Record<Language, Record<Word, string>> = { zh, en }

export const language = ref<Language>(localStorage.getItem(KEY) === 'en' ? 'en' : 'zh')

watchEffect(() => {
  localStorage.setItem(KEY, language.value)
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  document.title = dictionaries[language.value].product
})

/** A phrase of the dictionary with its {names} filled in. */
export const t = (word: Word, values: Record<string, string | number> = {}): string =>
  dictionaries[language.value][word].replace(/\{(\w+)\}/g, (_match, name: string) => String(values[name] ?? ''))

/** A phrase by a name put together, such as `stage_${code}`; the name itself where there is none. */
export const wordFor = (name: string): string => (Object.hasOwn(zh, name) ? t(name as Word) : name)
