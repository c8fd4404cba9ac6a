import type { EntryChange } from '@tiaodu/types'
import { t, wordFor } from '../i18n/index.ts'
import { toMoney } from './money.ts'

/** The word for a field of an entry; money by source is named `fundsReceived.<source>`. */
export function toChangedField(field: string): string {
  const [name = field, source] = field.split('.')
  return source === undefined ? wordFor(name) : `${wordFor(name)}·${wordFor(`fund_${source}`)}`
}

/** What an entry said or says in a field, as people read it. */
export function toChangedText(value: EntryChange['before']): string {
  if (typeof value === 'number') return toMoney(value)
  return value === null || value === '' ? t('none') : value
}
